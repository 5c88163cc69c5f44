package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.spi.model.Labels;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.ArrayList;
import java.util.List;

/** Labels as attributes. */
final class Attributes {
    private Attributes() {}

    static List<KeyValue> of(Labels labels) {
        var attributes = new ArrayList<KeyValue>(labels.size());
        labels.forEach((name, value) -> attributes.add(of(name, value)));
        return attributes;
    }

    static KeyValue of(String name, String value) {
        return KeyValue.newBuilder()
                .setKey(name)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
