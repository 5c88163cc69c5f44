package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.core.ThrowingRunnable;

/** One case: what it applies is undone after its test, and the metrics it asks about are those since it began. */
final class Case {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final ExecutedMesh.Pods pods;
    private final Changes changes;
    private final Counters before;
    /** The demonstration's Telemetry names it. */
    private static final Map<String, Object> SPANS =
            Map.of("name", "spans", "opentelemetry", Map.of("service", "otlp.binnacle.internal", "port", 4317));

    private final Map<String, Integer> replies = new ConcurrentHashMap<>();

    Case(ExecutedMesh.Pods pods, Changes changes) {
        this.pods = pods;
        this.changes = changes;
        this.before = counters();
    }

    /** Applies resources; those without an apiVersion are Istio's. */
    void apply(String yaml) {
        changes.apply(yaml);
    }

    /** Deletes resources that the case applied. */
    void delete(String yaml) {
        changes.delete(yaml);
    }

    /** Expects that resources are refused, with a message about this. */
    void refused(String yaml, String about) {
        assertThat(changes.refused(yaml)).contains(about);
    }

    /** Undoes what earlier cases did before this one does anything; else what both change stays as long. */
    void afresh() {
        changes.settle();
    }

    /** Applies a VirtualService for {@code echo} with these HTTP rules. */
    void rules(String http) {
        apply("""
                kind: VirtualService
                metadata: {name: echo}
                spec:
                  hosts: [echo]
                  http:
                """ + http.indent(2));
    }

    /** Applies a DestinationRule for {@code echo} with this policy, and the subsets of always. */
    void policy(String trafficPolicy) {
        apply("""
                kind: DestinationRule
                metadata: {name: echo}
                spec:
                  host: echo
                  subsets:
                  - {name: v1, labels: {version: v1}}
                  - {name: v2, labels: {version: v2}}
                  trafficPolicy:
                """ + trafficPolicy.indent(4));
    }

    /** Ends connections to {@code echo} with each answer: as in Istio one of before a change lives on until its next. */
    void noConnectionIsKept() {
        policy("connectionPool: {http: {maxRequestsPerConnection: 1}}");
    }

    /** Sends what a line like {@code GET /path name: value; name: value} says from the caller to {@code echo}. */
    Reply send(String line) {
        return from("caller").send(line);
    }

    /** Sends the same request so often at the same time. */
    List<Reply> sendTogether(int times, String line) {
        return sendTogether("caller", times, line);
    }

    List<Reply> sendTogether(String workload, int times, String line) {
        var caller = from(workload);
        changes.settle();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Reply> one = () -> caller.send(line);
            var replies = senders.invokeAll(Collections.nCopies(times, one));
            return replies.stream().map(Future::resultNow).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Applies a ServiceEntry for a peer with a policy, and returns a caller of it. */
    Caller peer(Peer peer, String protocol, String trafficPolicy) {
        apply(peer.entry(protocol) + """
                ---
                kind: DestinationRule
                metadata: {name: peer}
                spec:
                  host: peer.outside.test
                  trafficPolicy:
                """ + trafficPolicy.indent(4));
        return from("caller").to("peer.outside.test", 8080);
    }

    /** Puts the addresses of workloads in the place of {@code $WORKLOAD}. */
    String fill(String yaml) {
        String result = yaml;
        for (var address : pods.addresses().entrySet()) {
            result = result.replace("$" + address.getKey(), address.getValue());
        }
        return result;
    }

    /** Applies a mesh configuration in the place of the one of always, of which the provider of spans stays. */
    void config(String yaml) {
        String mesh = Changes.withProvider(yaml, SPANS);
        apply("kind: ConfigMap\nmetadata: {name: istio, namespace: istio-system}\ndata:\n  mesh: |\n" + mesh.indent(4));
    }

    /** Returns what a pod says to somebody who has no sidecar; 0 when it just ends the connection. */
    int statusWithoutSidecar(String workload, int port) {
        changes.settle();
        try (var wire = new Wire(new InetSocketAddress(address(workload), port))) {
            return wire.send("GET", "/", Map.of("host", "echo")).status();
        } catch (IOException refused) {
            return 0;
        }
    }

    /** Returns the whole configuration of a workload's Envoy as its admin interface prints it. */
    String envoyConfig(String workload) {
        var admin = new InetSocketAddress(address(workload), 15000);
        try (var wire = new Wire(admin)) {
            return wire.send("GET", "/config_dump", Map.of("host", "admin")).body();
        } catch (IOException e) {
            throw new AssertionError("no configuration of " + workload, e);
        }
    }

    /** Returns where the sidecar of a workload listens for a service. */
    InetSocketAddress virtual(String workload, String service, int port) {
        changes.settle();
        return pods.virtual(workload, service, port);
    }

    /** Returns the address of a workload's pod. */
    String address(String workload) {
        return pods.addresses().get(workload);
    }

    /** Returns the side of a workload from which requests are sent: its sidecar's, as its application would use it. */
    Caller from(String workload) {
        // As the hosts files of all namespaces have it.
        return new Caller(() -> pods.virtual(workload, "echo.default", 8080), "echo.default:8080", workload);
    }

    /** Returns the side of somebody without a sidecar, who sends plaintext to a workload's pod. */
    Caller withoutSidecar(String workload, int port) {
        return new Caller(() -> new InetSocketAddress(address(workload), port), "echo.default:8080", "");
    }

    /** Returns the side of somebody outside who comes in by the ingress gateway. */
    Caller fromOutside(String host) {
        return new Caller(pods::ingress, host, "istio-ingressgateway");
    }

    /** Returns where the ingress gateway has its port 443, in a mesh without what earlier cases left. */
    InetSocketAddress secureIngress() {
        changes.settle();
        return pods.secondIngress();
    }

    /** Returns the side of somebody outside who connects to the ingress gateway where it has port 443 in a cluster. */
    Caller fromOutsideAtSecondPort() {
        return new Caller(pods::secondIngress, "", "");
    }

    /** Expects these requests since the case began and no others, each line {@code 2x caller > echo v1 200 -}. */
    void counted(String... expected) {
        grown(counters -> counters.requests("source"), expected);
    }

    /** Expects these requests at the pods that were called. */
    void received(String... expected) {
        grown(counters -> counters.requests("destination"), expected);
    }

    /** Expects requests at the pods that were called by how they were secured, each line {@code 1x mutual_tls}. */
    void secured(String... expected) {
        grown(Counters::security, expected);
    }

    /** Expects that a metric grew by as much for each value of a label, each line {@code 2x gold}. */
    void labelled(String metric, String reporter, String label, String... expected) {
        grown(counters -> counters.labelled(metric, reporter, label), expected);
    }

    /** Expects that the access log of a workload's sidecar gets these lines among others, in whatever order. */
    void logged(String workload, String... lines) {
        soon(() -> assertThat(Files.readAllLines(pods.folders().get(workload).resolve("access.log")))
                .contains(lines));
    }

    /** Expects these TCP connections, each line {@code 2x caller > echo v1 -}. */
    void connected(String... expected) {
        grown(counters -> counters.connections("source"), expected);
    }

    /** Expects that the caller's histogram of durations grew by as much, but not by twice as much and a second. */
    void spent(Duration expected) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(counters().milliseconds("caller") - before.milliseconds("caller"))
                        .as("milliseconds in istio_request_duration_milliseconds")
                        .isBetween(expected.toMillis() * 0.9, expected.toMillis() * 2.0 + 1000));
    }

    /** Expects that whatever callers were answered has been counted, whether the case asked or not. */
    void audit() {
        soon(() -> {
            var grown = Counters.more(before.answers(), counters().answers());
            assertThat(replies)
                    .as("answers that the metrics know: %s", grown)
                    .allSatisfy((answer, count) ->
                            assertThat(grown.getOrDefault(answer, 0)).as(answer).isGreaterThanOrEqualTo(count));
        });
    }

    /** Returns what the proxies of one side say of the requests since the case began, by code, gRPC status and flags. */
    Map<String, Integer> said(String reporter) {
        return Counters.more(before.said(reporter), counters().said(reporter));
    }

    /** Returns by how much each counter has grown since the case began, by the selector of its series. */
    Map<String, Integer> grown() {
        return Counters.more(before.totals(), counters().totals());
    }

    /** Returns the requests since the case began. */
    Map<String, Integer> counted() {
        return Counters.more(before.requests("source"), counters().requests("source"));
    }

    private void grown(Function<Counters, Map<String, Integer>> what, String... expected) {
        var wanted = new TreeMap<String, Integer>();
        for (String line : expected) {
            int x = line.indexOf("x ");
            wanted.put(line.substring(x + 2), Integer.parseInt(line.substring(0, x)));
        }
        soon(() -> assertThat(Counters.more(what.apply(before), what.apply(counters())))
                .isEqualTo(wanted));
    }

    private static void soon(ThrowingRunnable expectation) {
        await().atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(30))
                .untilAsserted(expectation);
    }

    private Counters counters() {
        return Counters.of(pods.sidecars());
    }

    /** Somebody who sends requests. */
    final class Caller {
        private final Supplier<InetSocketAddress> server;
        private final String host;
        private final String workload;
        private final String prefix;
        private final String source;

        private Caller(Supplier<InetSocketAddress> server, String host, String workload, String prefix, String source) {
            this.server = server;
            this.host = host;
            this.workload = workload;
            this.prefix = prefix;
            this.source = source;
        }

        private Caller(Supplier<InetSocketAddress> server, String host, String workload) {
            this(server, host, workload, "", "0.0.0.0");
        }

        /** Returns a caller of another service or port. */
        Caller to(String service, int port) {
            return new Caller(() -> pods.virtual(workload, service, port), service + ":" + port, workload);
        }

        /** Returns one that says another host, where it connects to the same. */
        Caller as(String otherHost) {
            return new Caller(server, otherHost, workload, prefix, source);
        }

        /** Returns one that asks the sidecar's proxy port. */
        Caller byProxyPort(String authority) {
            return new Caller(() -> pods.proxyPort(workload), authority, workload, "http://" + authority, source);
        }

        /** Returns one who calls from another address of this machine. */
        Caller at(String address) {
            return new Caller(server, host, workload, prefix, address);
        }

        Reply send(String line) {
            try {
                return send(line, Duration.ofSeconds(20));
            } catch (IOException e) {
                throw new AssertionError(line + " of " + workload + " to " + host, e);
            }
        }

        /** Sends a request as one who goes away when nothing has come for so long; fails unless a whole answer came. */
        Reply send(String line, Duration patience) throws IOException {
            var words = line.split(" ", 3);
            try (var wire = connect().waiting(patience)) {
                var reply = wire.send(words[0], prefix + words[1], headers(words.length > 2 ? words[2] : ""));
                if (!workload.isEmpty()) {
                    replies.merge(workload + " " + reply.status(), 1, Integer::sum);
                }
                return reply;
            }
        }

        /** Returns all that is said to somebody who says nothing. */
        String greeting() throws IOException {
            try (var wire = connect()) {
                return wire.rest();
            }
        }

        /** Returns all that is said to somebody who begins a TLS handshake with the server of this name. */
        String greeting(String serverName) throws IOException {
            try (var wire = connect()) {
                wire.write(ClientHello.to(serverName));
                return wire.rest();
            }
        }

        /** Opens a connection. */
        Wire connect() throws IOException {
            changes.settle();
            return new Wire(server.get(), new InetSocketAddress(source, 0));
        }

        private Map<String, String> headers(String written) {
            var result = new LinkedHashMap<String, String>();
            result.put("host", host);
            for (String header : written.split("; ", -1)) {
                if (!header.isEmpty()) {
                    int colon = header.indexOf(": ");
                    result.put(header.substring(0, colon), header.substring(colon + 2));
                }
            }
            return result;
        }
    }
}
