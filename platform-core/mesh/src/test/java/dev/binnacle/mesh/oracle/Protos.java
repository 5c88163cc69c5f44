package dev.binnacle.mesh.oracle;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the normal form needs to know about messages. */
final class Protos {
    private Protos() {}

    static <T extends Message> Optional<T> unpack(Any any, Class<T> type) {
        try {
            return any.is(type) ? Optional.of(any.unpack(type)) : Optional.empty();
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Returns a message as JSON has it, which tells nothing of fields that are not set. */
    static Node plain(Message message) {
        try {
            return plain(IstioCase.load(
                    JsonFormat.printer().preservingProtoFieldNames().print(message)));
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Node plain(Map<?, ?> json) {
        var result = new Node();
        json.forEach((key, value) -> result.put(
                String.valueOf(key),
                switch (value) {
                    case Map<?, ?> nested -> plain(nested);
                    case Double number -> number(number);
                    default -> value;
                }));
        return result;
    }

    /** Returns a number as Go prints it. */
    static String number(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    /** Returns milliseconds as text; empty for none. */
    static String millis(Duration duration) {
        long millis = duration.getSeconds() * 1000 + duration.getNanos() / 1_000_000;
        return millis == 0 ? "" : millis + "ms";
    }

    /** Names the fields that are set and that the normal form does not speak of, so that nothing is lost silently. */
    static List<String> others(Message message, String... known) {
        var skip = Set.of(known);
        return message.getAllFields().keySet().stream()
                .map(FieldDescriptor::getName)
                .filter(name -> !skip.contains(name))
                .sorted()
                .toList();
    }
}
