package dev.binnacle.xds;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor.Marshaller;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;

/** Hands responses to the transport without taking them apart. */
final class ResponseMarshaller implements Marshaller<Response> {
    @Override
    public InputStream stream(Response response) {
        return new Bytes(response);
    }

    @Override
    public Response parse(InputStream stream) {
        throw new UnsupportedOperationException("a server reads no responses");
    }

    private static final class Bytes extends InputStream implements Drainable, KnownLength {
        private final Response response;
        private final InputStream stream;
        private int left;

        Bytes(Response response) {
            this.response = response;
            this.stream = new SequenceInputStream(
                    response.body().newInput(), response.nonce().newInput());
            this.left = response.size();
        }

        @Override
        public int drainTo(OutputStream target) throws IOException {
            int drained = left;
            if (drained == response.size()) {
                response.body().writeTo(target);
                response.nonce().writeTo(target);
            } else {
                stream.transferTo(target);
            }
            left = 0;
            return drained;
        }

        @Override
        public int available() {
            return left;
        }

        @Override
        public int read() throws IOException {
            int next = stream.read();
            left -= next < 0 ? 0 : 1;
            return next;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = stream.read(bytes, offset, length);
            left -= Math.max(0, read);
            return read;
        }
    }
}
