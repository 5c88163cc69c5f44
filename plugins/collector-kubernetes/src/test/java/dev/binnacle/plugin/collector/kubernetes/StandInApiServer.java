package dev.binnacle.plugin.collector.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small server that lists what it is told to, and has the faults that a real API server cannot be asked to have. */
final class StandInApiServer implements AutoCloseable {
    /** What it does to all requests. */
    enum Fault {
        NONE,
        HANGING,
        LYING,
        DEAD
    }

    private static final Map<String, String> KINDS = Map.of(
            "pods", "Pod",
            "deployments", "Deployment",
            "statefulsets", "StatefulSet",
            "services", "Service",
            "endpointslices", "EndpointSlice",
            "events", "Event");

    /** Resources that answer 403. */
    final Set<String> forbidden = ConcurrentHashMap.newKeySet();

    /** The items of each resource, as JSON. */
    final Map<String, List<String>> items = new ConcurrentHashMap<>();

    /** The queries of lists, in their order. */
    final List<String> lists = new CopyOnWriteArrayList<>();

    /** How often the second page of a list is answered with 410. */
    volatile int expiredPages;

    private final Set<StandInExchange> open = ConcurrentHashMap.newKeySet();
    private final int port;
    private volatile Fault fault = Fault.NONE;
    private ServerSocket socket;

    StandInApiServer() {
        socket = listen(0);
        port = socket.getLocalPort();
    }

    /** Writes the file that leads here. */
    Path kubeconfig(Path folder) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: a, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: a, user: {token: a}}]
                contexts: [{name: a, context: {cluster: a, user: a}}]
                current-context: a
                """.formatted(port));
    }

    synchronized void behave(Fault next) throws IOException {
        boolean wasDead = fault == Fault.DEAD;
        fault = next;
        if (next == Fault.DEAD) {
            socket.close();
            for (var exchange : open) {
                exchange.close();
            }
        } else if (wasDead) {
            socket = listen(port);
        }
    }

    /** Ends all watches, with this event as their last words. */
    void endWatches(String lastEvent) throws IOException {
        for (var exchange : open) {
            if (exchange.isWatch()) {
                exchange.sendEvent(lastEvent);
                exchange.close();
            }
        }
    }

    @Override
    public void close() throws IOException {
        behave(Fault.DEAD);
    }

    /** Returns pods with these numbers in their names. */
    static List<String> pods(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> """
                        {"kind": "Pod", "apiVersion": "v1",
                         "metadata": {"name": "a-%d", "namespace": "default", "uid": "u-%d", "resourceVersion": "%d"},
                         "status": {"phase": "Running"}}
                        """.formatted(i, i, i + 1))
                .toList();
    }

    private ServerSocket listen(int at) {
        try {
            var made = new ServerSocket(at, 50, InetAddress.getLoopbackAddress());
            Thread.ofVirtual().start(() -> accept(made));
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                var exchange = new StandInExchange(from.accept());
                open.add(exchange);
                Thread.ofVirtual().start(() -> handle(exchange));
            } catch (IOException e) {
                // Closed; or a client that left early.
            }
        }
    }

    private void handle(StandInExchange exchange) {
        try (exchange) {
            exchange.readHead();
            switch (fault) {
                case HANGING -> exchange.awaitEnd();
                case LYING -> exchange.send(200, "<html><body>Please sign in</body></html>");
                default -> answer(exchange);
            }
        } catch (IOException e) {
            // The client has gone.
        } finally {
            open.remove(exchange);
        }
    }

    private void answer(StandInExchange exchange) throws IOException {
        String resource = exchange.resource();
        if (forbidden.contains(resource)) {
            exchange.send(403, """
                    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 403, "reason": "Forbidden",
                     "message": "%s is forbidden: User \\"reader\\" cannot list resource \\"%s\\""}
                    """.formatted(resource, resource));
        } else if (exchange.isWatch()) {
            exchange.acceptWebSocket();
            exchange.awaitEnd();
        } else {
            list(exchange, resource);
        }
    }

    private void list(StandInExchange exchange, String resource) throws IOException {
        lists.add(resource);
        var all = items.getOrDefault(resource, List.of());
        int limit = number(exchange.query(), "limit", all.size());
        int from = number(exchange.query(), "continue", 0);
        if (from > 0 && expiredPages > 0) {
            expiredPages--;
            exchange.send(410, """
                    {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": 410, "reason": "Expired",
                     "message": "The provided continue parameter is too old"}
                    """);
            return;
        }
        int to = Math.min(all.size(), from + limit);
        exchange.send(200, """
                {"kind": "%sList", "apiVersion": "%s", "metadata": {"resourceVersion": "7", "continue": "%s"}, "items": [%s]}
                """.formatted(
                        KINDS.get(resource),
                        exchange.apiVersion(),
                        to < all.size() ? to : "",
                        String.join(",", all.subList(from, to))));
    }

    private static int number(String query, String name, int otherwise) {
        return Stream.of(query.split("&", -1))
                .filter(part -> part.startsWith(name + "="))
                .map(part -> Integer.parseInt(part.substring(name.length() + 1)))
                .findFirst()
                .orElse(otherwise);
    }
}
