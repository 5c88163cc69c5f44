package dev.binnacle.kubernetes;

import dev.binnacle.kubernetes.access.ClusterAccess;
import dev.binnacle.kubernetes.apply.Generated;
import dev.binnacle.kubernetes.cluster.ClusterObject;
import dev.binnacle.kubernetes.cluster.ClusterOptions;
import dev.binnacle.kubernetes.cluster.ClusterState;
import dev.binnacle.kubernetes.cluster.WatchReport;
import dev.binnacle.kubernetes.lease.LeaseTimes;
import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A platform in a cluster, with generators that tests choose; also as a process of its own, which can be killed. */
final class Replica implements AutoCloseable {
    static final String NAMESPACE = "binnacle";
    private static final LeaseTimes TIMES =
            new LeaseTimes(Duration.ofSeconds(6), Duration.ofSeconds(3), Duration.ofMillis(300));
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    final InCluster platform;
    final Map<String, ConfigGenerator> generators = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final KubernetesClient client;

    Replica(Path kubeconfig, String identity) throws IOException {
        client = ClusterAccess.client(
                ClusterAccess.config(kubeconfig.toString(), Map.of(), TIMEOUT, "binnacle-test"), threads);
        var watching = new ClusterOptions(NAMESPACE, "istio-system", TIMEOUT, 500, Duration.ofMillis(100));
        var options = new InClusterOptions(watching, identity, "binnacle-leader", TIMES, Duration.ofMillis(500));
        platform = new InCluster(client, options, state -> {}, this::generate);
        platform.start();
    }

    /** Writes a dashboard with its name into the cluster until it is killed: arguments are the kubeconfig and the name. */
    public static void main(String... arguments) throws Exception {
        try (var replica = new Replica(Path.of(arguments[0]), arguments[1])) {
            replica.generators.put("generator-who", dashboard("who", arguments[1]));
            Thread.currentThread().join();
        }
    }

    static ConfigGenerator dashboard(String name, String text) {
        return sources -> List.of(new GeneratedFile("grafana/dashboards/" + name + ".json", "\"" + text + "\"\n"));
    }

    /** Returns the names of the manifests that it knows. */
    List<String> manifests() {
        return platform.cluster().state().manifests().stream()
                .map(ClusterObject::name)
                .toList();
    }

    WatchReport report(String resource) {
        return platform.cluster().reports().stream()
                .filter(report -> report.resource().equals(resource))
                .findFirst()
                .orElseThrow();
    }

    private Generated generate(ClusterState state) {
        return Generated.of(new TreeMap<>(generators), List.of(), Map.of());
    }

    @Override
    public void close() {
        platform.close();
        client.close();
        threads.shutdownNow();
    }
}
