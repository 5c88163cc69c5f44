package dev.binnacle.plugin.collector.otlp;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** What a gRPC call brought: bytes, unpacked, or why they could not be. */
sealed interface GrpcBody {
    /** The bytes of a message. */
    record Bytes(byte[] bytes) implements GrpcBody {}

    /** A message that does not unpack, or to too much. */
    record Unreadable(Refusal reason, String why) implements GrpcBody {}

    Marshaller<GrpcBody> REQUEST = new Marshaller<>() {
        @Override
        public InputStream stream(GrpcBody value) {
            throw new UnsupportedOperationException("nothing is sent this way");
        }

        @Override
        public GrpcBody parse(InputStream stream) {
            try {
                return new Bytes(stream.readAllBytes());
            } catch (StatusRuntimeException e) {
                return e.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
                        ? new Unreadable(Refusal.TOO_LARGE, GrpcExchange.TOO_LARGE)
                        : new Unreadable(Refusal.MALFORMED, "the message does not unpack");
            } catch (IOException | RuntimeException e) {
                return new Unreadable(Refusal.MALFORMED, "the message does not unpack: " + e.getMessage());
            }
        }
    };

    Marshaller<byte[]> RESPONSE = new Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            throw new UnsupportedOperationException("nothing is received this way");
        }
    };
}
