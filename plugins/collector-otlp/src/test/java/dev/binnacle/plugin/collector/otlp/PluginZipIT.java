package dev.binnacle.plugin.collector.otlp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.PackedPluginContract;
import dev.binnacle.plugins.PluginRuntime;
import dev.binnacle.plugins.RunningExtension;
import dev.binnacle.plugins.RunningExtension.RunningReceiver;
import dev.binnacle.spi.testkit.Basket;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

class PluginZipIT extends PackedPluginContract {
    private final int port = freePort();

    @Override
    protected String zip() {
        return "target/collector-otlp-plugin.zip";
    }

    @Override
    protected String extension() {
        return "collector-otlp";
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("grpc-port", "0", "http-port", Integer.toString(port));
    }

    @Override
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {
        ((RunningReceiver) extension).receiver().start(new Basket());
        try (var http = HttpClient.newHttpClient()) {
            var nothing = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/traces"))
                    .header("content-type", "application/x-protobuf")
                    .POST(BodyPublishers.noBody())
                    .build();
            assertThat(http.send(nothing, BodyHandlers.discarding()).statusCode())
                    .isEqualTo(200);
        }
    }

    private static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
