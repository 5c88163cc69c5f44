package dev.binnacle.kubernetes.access;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;

/** How the API server is reached: by a kubeconfig file, or from a pod by its service account. */
public final class ClusterAccess {
    /** In the place of a kubeconfig file: the service account of this pod. */
    public static final String IN_CLUSTER = "in-cluster";

    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private ClusterAccess() {}

    /**
     * Returns what {@code kubeconfig} says.
     *
     * @param kubeconfig a file, or {@link #IN_CLUSTER}
     * @param timeout how long the API server may take to answer
     * @param userAgent what the API server's log is to call this client
     * @throws IOException when it cannot be read, or this is no pod; says what is missing
     */
    public static Config config(String kubeconfig, Map<String, String> environment, Duration timeout, String userAgent)
            throws IOException {
        var config = kubeconfig.equals(IN_CLUSTER) ? inCluster(environment) : fromFile(Path.of(kubeconfig));
        return new ConfigBuilder(config)
                .withConnectionTimeout((int) timeout.toMillis())
                .withRequestTimeout((int) timeout.toMillis())
                // Whoever asks is who tries again.
                .withRequestRetryBackoffLimit(0)
                // A watch that ends takes no others with it.
                .withHttp2Disable(true)
                .withUserAgent(userAgent)
                .build();
    }

    /** Returns a client whose work is done by {@code threads}. */
    public static KubernetesClient client(Config config, ExecutorService threads) {
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientFactory(new JdkHttpClientFactory())
                .withTaskExecutor(threads)
                .build();
    }

    private static Config fromFile(Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("the file cannot be read");
        }
        try {
            return Config.fromKubeconfig(file.toFile());
        } catch (RuntimeException e) {
            throw new IOException("it is no kubeconfig file: " + e.getMessage(), e);
        }
    }

    private static Config inCluster(Map<String, String> environment) throws IOException {
        String host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        Path token = SERVICE_ACCOUNT.resolve("token");
        if (host.isEmpty() || !Files.isReadable(token)) {
            throw new IOException("this is no pod with a service account");
        }
        String port = environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443");
        return new ConfigBuilder(Config.empty())
                .withMasterUrl("https://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port)
                .withCaCertFile(SERVICE_ACCOUNT.resolve("ca.crt").toString())
                .withNamespace(read(SERVICE_ACCOUNT.resolve("namespace")))
                // Kubernetes writes a new one every hour.
                .withOauthTokenProvider(() -> read(token))
                .build();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
