package dev.binnacle.mesh.oracle;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Duration;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.util.List;
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
