package dev.binnacle.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Requests to the ingress for hosts that no name server knows. */
final class HostTraffic {
    private static final int PATIENCE = 20_000;

    private final InetSocketAddress ingress;

    HostTraffic(RunningMesh.Instance mesh) {
        var url = URI.create(mesh.ingress());
        this.ingress = new InetSocketAddress(url.getHost(), url.getPort());
    }

    /** @param headers by name in lower case */
    record Answer(int status, Map<String, String> headers) {
        String location() {
            return headers.getOrDefault("location", "");
        }
    }

    /** Asks on a connection of its own; {@code headers} are lines. */
    Answer get(String host, String path, String... headers) {
        try (var socket = new Socket()) {
            socket.setSoTimeout(PATIENCE);
            socket.connect(ingress, PATIENCE);
            String request = "GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n"
                    + String.join(
                            "", Stream.of(headers).map(line -> line + "\r\n").toList()) + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
            int status = Integer.parseInt(in.readLine().split(" ", -1)[1]);
            var head = new TreeMap<String, String>();
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                int colon = line.indexOf(':');
                head.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            in.lines().forEach(rest -> {});
            return new Answer(status, head);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks one time after the other and returns how often each catalog version answered with 200. */
    Map<String, Integer> versionsOf(int count, String host, String path, String... headers) {
        var versions = new TreeMap<String, Integer>();
        for (int i = 0; i < count; i++) {
            var answer = get(host, path, headers);
            versions.merge(
                    answer.status() == 200
                            ? answer.headers().getOrDefault("x-catalog-version", "unknown")
                            : "failed " + answer.status(),
                    1,
                    Integer::sum);
        }
        return versions;
    }
}
