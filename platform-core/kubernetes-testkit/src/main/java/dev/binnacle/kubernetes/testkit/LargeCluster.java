package dev.binnacle.kubernetes.testkit;

import java.io.IOException;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Many pods with sidecars and many services, for figures. */
public final class LargeCluster {
    /** The namespace that all of it is in. */
    public static final String NAMESPACE = "large";

    private LargeCluster() {}

    /** Makes the objects; every service selects the same number of pods. */
    public static void create(ApiServer server, int pods, int services) throws IOException, InterruptedException {
        server.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + NAMESPACE + "}}");
        server.apply(all(pods, number -> pod(number, services)));
        server.apply(all(services, LargeCluster::service));
    }

    /** Deletes them. */
    public static void delete(ApiServer server) throws IOException, InterruptedException {
        server.kubectl(
                "delete", "pods,services", "--all", "-n", NAMESPACE, "--force", "--grace-period=0", "--wait=false");
    }

    private static String all(int count, IntFunction<String> object) {
        return IntStream.range(0, count).mapToObj(object).collect(Collectors.joining("---\n"));
    }

    private static String pod(int number, int services) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: pod-%d, namespace: %s, labels: {app: a-%d, version: v1}}
                spec: {containers: [{name: a, image: a}, {name: istio-proxy, image: b}]}
                """.formatted(number, NAMESPACE, number % services);
    }

    private static String service(int number) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: service-%d, namespace: %s}
                spec: {clusterIP: None, selector: {app: a-%d}, ports: [{port: 80}]}
                """.formatted(number, NAMESPACE, number);
    }
}
