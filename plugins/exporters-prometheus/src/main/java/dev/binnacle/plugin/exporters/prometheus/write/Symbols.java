package dev.binnacle.plugin.exporters.prometheus.write;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The texts of 2.0's requests. Each text has a number for good; in each request, those that occur are numbered again in the order in
 * which they come, so that a series' texts are looked up by number, not by text. For one thread.
 */
final class Symbols {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<byte[]> texts = new ArrayList<>();
    private final ProtoBuffer table = new ProtoBuffer(16 * 1024);
    private int[] places = new int[1024];
    private int[] requests = new int[1024];
    private int request;
    private int count;

    /** Returns the number of a text for good. */
    int number(byte[] utf8) {
        return numbers.computeIfAbsent(new String(utf8, StandardCharsets.UTF_8), text -> {
            texts.add(utf8);
            return texts.size() - 1;
        });
    }

    int size() {
        return texts.size();
    }

    /** Begins a request's table: the first text is always the empty one. */
    void begin() {
        request++;
        table.clear();
        table.writeField(0x22, new byte[0]);
        count = 1;
    }

    /** Returns the place that a text has in the request's table. */
    int place(int number) {
        if (number >= places.length) {
            places = Arrays.copyOf(places, number * 2);
            requests = Arrays.copyOf(requests, number * 2);
        }
        if (requests[number] != request) {
            requests[number] = request;
            places[number] = count++;
            table.writeField(0x22, texts.get(number));
        }
        return places[number];
    }

    /** Returns the request's table, as field 4 of the request. */
    ProtoBuffer table() {
        return table;
    }
}
