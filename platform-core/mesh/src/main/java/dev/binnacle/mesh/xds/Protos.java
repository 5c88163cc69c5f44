package dev.binnacle.mesh.xds;

import com.github.xds.type.v3.TypedStruct;
import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.ListValue;
import com.google.protobuf.Message;
import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import dev.binnacle.mesh.ir.Share;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.FractionalPercent.DenominatorType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Small pieces that every renderer needs. */
final class Protos {
    static final String TYPE = "type.googleapis.com/";

    private Protos() {}

    /** Packs a message so that the same message always gives the same bytes, maps included. */
    static Any any(Message message) {
        return Any.newBuilder()
                .setTypeUrl(TYPE + message.getDescriptorForType().getFullName())
                .setValue(bytes(message))
                .build();
    }

    /**
     * Packs configuration that the Java classes do not know, as Envoy accepts it in the place of any typed extension.
     *
     * @param type the message's full name
     * @param config text, numbers, booleans, lists and maps of them, as in JSON
     */
    static Any typedStruct(String type, Map<String, ?> config) {
        return any(TypedStruct.newBuilder()
                .setTypeUrl(TYPE + type)
                .setValue(struct(config))
                .build());
    }

    static Struct struct(Map<String, ?> config) {
        var result = Struct.newBuilder();
        config.forEach((name, value) -> result.putFields(name, value(value)));
        return result.build();
    }

    static Metadata metadata(Map<String, ? extends Map<String, ?>> namespaces) {
        var result = Metadata.newBuilder();
        new TreeMap<>(namespaces).forEach((name, values) -> result.putFilterMetadata(name, struct(values)));
        return result.build();
    }

    static Address address(String ip, int port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(ip).setPortValue(port))
                .build();
    }

    /** Returns a block of addresses that is written as {@code address/length}. */
    static CidrRange range(String subnet) {
        int slash = subnet.indexOf('/');
        return CidrRange.newBuilder()
                .setAddressPrefix(subnet.substring(0, slash))
                .setPrefixLen(UInt32Value.of(Integer.parseInt(subnet.substring(slash + 1))))
                .build();
    }

    /** Returns the source of everything the control plane serves. */
    static ConfigSource ads() {
        return ConfigSource.newBuilder()
                .setAds(AggregatedConfigSource.getDefaultInstance())
                .setInitialFetchTimeout(com.google.protobuf.Duration.getDefaultInstance())
                .setResourceApiVersion(ApiVersion.V3)
                .build();
    }

    static com.google.protobuf.Duration duration(java.time.Duration duration) {
        return com.google.protobuf.Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    static FractionalPercent share(Share share) {
        return FractionalPercent.newBuilder()
                .setNumerator(share.millionths())
                .setDenominator(DenominatorType.MILLION)
                .build();
    }

    private static Value value(Object value) {
        return switch (value) {
            case String text -> Value.newBuilder().setStringValue(text).build();
            case Boolean flag -> Value.newBuilder().setBoolValue(flag).build();
            case Number number ->
                Value.newBuilder().setNumberValue(number.doubleValue()).build();
            case List<?> items -> {
                var list = ListValue.newBuilder();
                items.forEach(item -> list.addValues(value(item)));
                yield Value.newBuilder().setListValue(list).build();
            }
            case Map<?, ?> fields -> {
                var struct = Struct.newBuilder();
                fields.forEach((name, field) -> struct.putFields((String) name, value(field)));
                yield Value.newBuilder().setStructValue(struct).build();
            }
            default -> throw new IllegalArgumentException("no JSON value: " + value.getClass());
        };
    }

    static ByteString bytes(Message message) {
        var output = ByteString.newOutput(message.getSerializedSize());
        var coded = CodedOutputStream.newInstance(output);
        coded.useDeterministicSerialization();
        try {
            message.writeTo(coded);
            coded.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return output.toByteString();
    }
}
