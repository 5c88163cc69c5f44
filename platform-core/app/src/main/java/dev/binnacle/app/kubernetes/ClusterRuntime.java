package dev.binnacle.app.kubernetes;

import dev.binnacle.app.config.KubernetesConfig;
import dev.binnacle.app.config.Mode;
import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.plugins.Plugins;
import dev.binnacle.kubernetes.InCluster;
import dev.binnacle.kubernetes.access.ClusterAccess;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jboss.logging.Logger;

/** What this application does in a cluster, where {@code binnacle.mode} is {@code kubernetes}; nothing otherwise. */
@Startup
@Singleton
public class ClusterRuntime {
    private static final Logger LOG = Logger.getLogger(ClusterRuntime.class);

    private final Optional<Running> running;

    private record Running(InCluster cluster, KubernetesClient client, ExecutorService threads, String namespace) {}

    ClusterRuntime(KubernetesConfig config, MeshRuntime mesh, Plugins plugins, MeterRegistry registry) {
        running = mesh.mode() == Mode.KUBERNETES ? Optional.of(start(config, mesh, plugins)) : Optional.empty();
        running.ifPresent(made -> ClusterMetrics.register(made.cluster(), registry));
        running.ifPresent(made -> made.cluster().start());
    }

    /** Returns the platform in the cluster; empty on one machine. */
    public Optional<InCluster> cluster() {
        return running.map(Running::cluster);
    }

    /** Returns the namespace in which it writes; empty on one machine. */
    public String namespace() {
        return running.map(Running::namespace).orElse("");
    }

    @PreDestroy
    void stop() {
        running.ifPresent(made -> {
            made.cluster().close();
            made.client().close();
            made.threads().shutdownNow();
        });
    }

    private static Running start(KubernetesConfig config, MeshRuntime mesh, Plugins plugins) {
        var access = access(config);
        String namespace = config.namespace()
                .or(() -> Optional.ofNullable(access.getNamespace()))
                .filter(name -> !name.isEmpty())
                .orElse("default");
        var threads = Executors.newCachedThreadPool(
                Thread.ofPlatform().name("kubernetes-client-", 0).daemon().factory());
        var client = ClusterAccess.client(access, threads);
        var generators = new ClusterGenerators(plugins, config.generated());
        var cluster = new InCluster(
                client, ClusterSettings.of(config, namespace), new ClusterMesh(mesh.controller()), generators);
        LOG.infof("in a cluster api=%s namespace=%s", access.getMasterUrl(), namespace);
        return new Running(cluster, client, threads, namespace);
    }

    private static Config access(KubernetesConfig config) {
        try {
            return ClusterAccess.config(config.kubeconfig(), System.getenv(), config.timeout(), "binnacle");
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The API server cannot be reached as binnacle.kubernetes.kubeconfig=" + config.kubeconfig()
                            + " says (" + e.getMessage()
                            + "). Name a kubeconfig file, or write in-cluster in a pod with a service account",
                    e);
        }
    }
}
