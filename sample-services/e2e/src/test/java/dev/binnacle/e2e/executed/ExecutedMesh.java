package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.e2e.RunningMesh;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link Case} of its own, and holds it to what it declares: the fields that a test says it executes are in
 * what its cases applied.
 */
final class ExecutedMesh implements BeforeAllCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private static final ExtensionContext.Namespace KEY = ExtensionContext.Namespace.create(ExecutedMesh.class);
    private static final String WORKLOADS = "executed/workloads.yaml";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> NAMES = List.of("echo-v1", "echo-v2", "caller", "stranger", "outside");

    /** What a case's method applied, over all its invocations. */
    private record Seen(Map<Method, List<Map<String, Object>>> applied) {}

    /**
     * The pods of the cases.
     *
     * @param addresses by workload
     * @param sidecars the addresses of those that have one
     * @param folders of the pods, by workload
     */
    record Pods(
            Map<String, String> addresses,
            Set<String> sidecars,
            Map<String, Path> folders,
            InetSocketAddress ingress,
            InetSocketAddress secondIngress) {
        /** Returns where the sidecar of a workload listens for a service. */
        InetSocketAddress virtual(String workload, String service, int port) {
            Path hosts = folders.get(workload).resolve("hosts");
            // A name gets its address just after the resource with it has been applied.
            return await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(20))
                    .until(() -> find(hosts, service, port), Optional::isPresent)
                    .orElseThrow();
        }

        private static Optional<InetSocketAddress> find(Path hosts, String service, int port) throws IOException {
            try (var lines = Files.lines(hosts)) {
                return lines.filter(line -> line.endsWith(" " + service))
                        .map(line -> new InetSocketAddress(line.substring(0, line.indexOf(' ')), port))
                        .findFirst();
            }
        }

        InetSocketAddress proxyPort(String workload) {
            return new InetSocketAddress(addresses.get(workload), 15001);
        }
    }

    /** The running mesh with the workloads of the cases; JUnit closes it before the mesh itself. */
    record Mesh(Pods pods, String app, Changes changes) implements AutoCloseable {
        @Override
        public void close() {
            changes.close();
            if (!RunningMesh.isKept()) {
                try (var workloads = new Changes(app, List.of())) {
                    workloads.apply(text(WORKLOADS));
                }
            }
        }
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        mesh(context);
        context.getStore(KEY).put("seen", new Seen(new HashMap<>()));
    }

    private static Mesh mesh(ExtensionContext context) {
        var instance = RunningMesh.instance(context);
        return context.getRoot().getStore(KEY).computeIfAbsent("mesh", key -> start(instance), Mesh.class);
    }

    private static Mesh start(RunningMesh.Instance instance) {
        new Changes(instance.app(), List.of()).apply(text(WORKLOADS));
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(podsOf(instance))
                        .hasSize(NAMES.size())
                        .allSatisfy(
                                pod -> assertThat(pod.get("ready").asBoolean()).isTrue()));
        var addresses = new HashMap<String, String>();
        var folders = new HashMap<String, Path>();
        var sidecars = new TreeSet<String>();
        for (JsonNode pod : podsOf(instance)) {
            String name = pod.get("name").asText();
            String workload = name.substring(0, name.lastIndexOf('-'));
            folders.put(
                    workload,
                    instance.binnacle()
                            .directory()
                            .resolve("pods/" + name + "." + pod.get("namespace").asText()));
            boolean plain = pod.get("sidecar").isNull();
            String address = pod.get(plain ? "appIp" : "podIp").asText();
            addresses.put(workload, address);
            if (!plain) {
                sidecars.add(address);
            }
        }
        sidecars.add(instance.pod("istio-ingressgateway", "").get("podIp").asText());
        JsonNode status = instance.binnacle().status();
        return new Mesh(
                new Pods(
                        addresses,
                        sidecars,
                        folders,
                        socket(status.at("/ingress/http")),
                        socket(status.at("/ingress/https"))),
                instance.app(),
                new Changes(instance.app(), Changes.read(text(WORKLOADS))));
    }

    private static InetSocketAddress socket(JsonNode url) {
        var uri = URI.create(url.asText());
        return new InetSocketAddress(uri.getHost(), uri.getPort());
    }

    private static List<JsonNode> podsOf(RunningMesh.Instance instance) {
        var result = new ArrayList<JsonNode>();
        for (JsonNode pod : instance.binnacle().status().get("pods")) {
            if (NAMES.stream().anyMatch(name -> pod.get("name").asText().equals(name + "-0"))) {
                result.add(pod);
            }
        }
        return result;
    }

    private static String text(String resource) {
        try (var in = ExecutedMesh.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Case.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        var mesh = mesh(context);
        mesh.changes().begin();
        var started = new Case(mesh.pods(), mesh.changes());
        context.getStore(KEY).put("case", started);
        return started;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Case done = context.getStore(KEY).get("case", Case.class);
        if (done != null && context.getExecutionException().isEmpty()) {
            done.audit();
        }
        context.getStore(KEY)
                .get("seen", Seen.class)
                .applied()
                .computeIfAbsent(context.getRequiredTestMethod(), method -> new ArrayList<>())
                .addAll(mesh(context).changes().contents());
    }

    @Override
    public void afterAll(ExtensionContext context) {
        mesh(context).changes().close();
        context.getStore(KEY).get("seen", Seen.class).applied().forEach((method, applied) -> {
            for (FieldName field : Coverage.declared(method)) {
                assertThat(applied.stream().anyMatch(field::isIn))
                        .as("%s says it executes %s, which nothing it applied has", method.getName(), field)
                        .isTrue();
            }
        });
    }
}
