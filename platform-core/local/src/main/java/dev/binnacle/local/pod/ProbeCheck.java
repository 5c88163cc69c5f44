package dev.binnacle.local.pod;

import dev.binnacle.mesh.kubernetes.Workload.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks an application once, as the kubelet does. */
final class ProbeCheck {
    private final HttpClient client;

    /** Uses {@code client} for HTTP; it must not follow redirects, which count as success. */
    ProbeCheck(HttpClient client) {
        this.client = client;
    }

    /** Returns whether the application at {@code address} passes. */
    boolean passes(Probe probe, String address) throws InterruptedException {
        Duration limit = Duration.ofSeconds(Math.max(1, probe.timeoutSeconds()));
        try {
            return switch (probe.kind()) {
                case "http" -> http(address, probe, limit);
                case "grpc" -> GrpcHealth.serving(new InetSocketAddress(address, probe.port()), limit);
                default -> tcp(address, probe, limit);
            };
        } catch (IOException e) {
            return false;
        }
    }

    private boolean http(String address, Probe probe, Duration limit) throws InterruptedException {
        String path = probe.path() == null ? "/" : probe.path();
        var uri = URI.create("http://" + address + ":" + probe.port() + (path.startsWith("/") ? path : "/" + path));
        var request = HttpRequest.newBuilder(uri)
                .timeout(limit)
                .header("User-Agent", "kube-probe/binnacle")
                .build();
        var answer = client.sendAsync(request, HttpResponse.BodyHandlers.discarding());
        try {
            int status = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS).statusCode();
            return status >= 200 && status < 400;
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            return false;
        }
    }

    private static boolean tcp(String address, Probe probe, Duration limit) throws IOException {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, probe.port()), (int) limit.toMillis());
            return true;
        }
    }
}
