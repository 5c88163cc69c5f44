package dev.binnacle.plugin.collector.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real server of gRPC is asked for its health. */
class GrpcProbeTest {
    private static final Marshaller<byte[]> BYTES = new Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
            return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
            try {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };

    @TempDir
    Path folder;

    private Server server;

    @BeforeEach
    void serve() throws IOException {
        var check = MethodDescriptor.<byte[], byte[]>newBuilder(BYTES, BYTES)
                .setFullMethodName("grpc.health.v1.Health/Check")
                .setType(MethodDescriptor.MethodType.UNARY)
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                .addService(ServerServiceDefinition.builder("grpc.health.v1.Health")
                        .addMethod(check, ServerCalls.asyncUnaryCall((request, answer) -> {
                            String service = new String(request, StandardCharsets.UTF_8);
                            if (service.endsWith("unknown")) {
                                answer.onError(Status.NOT_FOUND.asRuntimeException());
                                return;
                            }
                            int health = service.endsWith("down") ? 2 : 1;
                            answer.onNext(service.endsWith("unsure") ? new byte[0] : new byte[] {8, (byte) health});
                            answer.onCompleted();
                        }))
                        .build())
                .build()
                .start();
    }

    @AfterEach
    void stop() {
        server.shutdownNow();
    }

    @Test
    void theServersHealthIsTheVerdict() throws Exception {
        try (var page = new LineServer(LineServer.http("200 OK", "", "<html>"));
                var sidecar = new LineServer(LineServer.tunnel(server.getPort()));
                var probes = Probes.of(folder, """
                        - {name: all, url: 'grpc://127.0.0.1:%1$d'}
                        - {name: up, url: 'grpc://127.0.0.1:%1$d', service: shop.Orders}
                        - {name: down, url: 'grpc://127.0.0.1:%1$d', service: shop.down}
                        - {name: unsure, url: 'grpc://127.0.0.1:%1$d', service: unsure}
                        - {name: unknown, url: 'grpc://127.0.0.1:%1$d', service: unknown}
                        - {name: through, url: 'grpc://orders:9090', through: 'http://%2$s'}
                        - {name: page, url: 'grpc://%3$s'}
                        """.formatted(server.getPort(), sidecar.address(), page.address()))) {
            assertThat(probes.run())
                    .containsEntry("all probe_success", 1.0)
                    .containsEntry("all probe_grpc_healthcheck_response{serving_status=SERVING}", 1.0)
                    .containsKey("all probe_grpc_duration_seconds{phase=processing}")
                    .containsEntry("up probe_success", 1.0)
                    .containsEntry("down probe_success", 0.0)
                    .containsEntry("down probe_grpc_healthcheck_response{serving_status=NOT_SERVING}", 1.0)
                    .containsEntry("unsure probe_success", 0.0)
                    .containsEntry("unsure probe_grpc_healthcheck_response{serving_status=UNKNOWN}", 1.0)
                    .containsEntry("unknown probe_success", 0.0)
                    .containsEntry("through probe_success", 1.0)
                    .containsEntry("page probe_success", 0.0);
        }
    }
}
