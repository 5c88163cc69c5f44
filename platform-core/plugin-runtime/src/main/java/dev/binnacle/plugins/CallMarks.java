package dev.binnacle.plugins;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * Which plugins are being called, in a file that is mapped into memory: it costs no system call, and what is written there outlives
 * the process however it ends.
 */
final class CallMarks {
    private static final VarHandle INT = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final int PLACES = 256;
    private static final int PLACE = 128;
    private static final int LONGEST_NAME = PLACE - 2 * Integer.BYTES;

    private final ByteBuffer places;
    private final List<String> calledBefore;

    /** Counts the calls into one plugin that are under way. Used by several threads. */
    interface Mark {
        /** Leaves no trace. */
        Mark NONE = change -> {};

        /** Adds 1 when a call begins, -1 when it has ended. */
        void add(int change);
    }

    private CallMarks(ByteBuffer places, List<String> calledBefore) {
        this.places = places;
        this.calledBefore = calledBefore;
    }

    /** Opens {@code file} for this process, and remembers what the one before left in it. */
    static CallMarks open(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try (var channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            var places =
                    channel.map(MapMode.READ_WRITE, 0, (long) PLACES * PLACE).order(ByteOrder.nativeOrder());
            var called = called(places);
            places.put(0, new byte[PLACES * PLACE]);
            return new CallMarks(places, called);
        }
    }

    /** Returns the ids of the plugins that were being called when the process before ended, sorted. */
    List<String> calledBefore() {
        return calledBefore;
    }

    /** Returns the mark of a plugin; one that leaves no trace when there are more plugins than places. */
    synchronized Mark of(String plugin) {
        byte[] name = plugin.getBytes(StandardCharsets.UTF_8);
        if (name.length > LONGEST_NAME) {
            return Mark.NONE;
        }
        for (int at = 0; at < PLACES * PLACE; at += PLACE) {
            int place = at;
            String there = name(places, place);
            if (there.isEmpty() || there.equals(plugin)) {
                places.put(place + 2 * Integer.BYTES, name);
                places.putInt(place + Integer.BYTES, name.length);
                return change -> INT.getAndAdd(places, place, change);
            }
        }
        return Mark.NONE;
    }

    private static List<String> called(ByteBuffer places) {
        var called = new TreeSet<String>();
        for (int at = 0; at < PLACES * PLACE; at += PLACE) {
            if (places.getInt(at) > 0) {
                called.add(name(places, at));
            }
        }
        return List.copyOf(called);
    }

    private static String name(ByteBuffer places, int at) {
        var bytes = new byte[Math.clamp(places.getInt(at + Integer.BYTES), 0, LONGEST_NAME)];
        places.get(at + 2 * Integer.BYTES, bytes);
        return new String(Arrays.copyOf(bytes, bytes.length), StandardCharsets.UTF_8);
    }
}
