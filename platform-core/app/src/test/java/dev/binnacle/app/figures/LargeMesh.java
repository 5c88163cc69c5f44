package dev.binnacle.app.figures;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.Comparator;
import java.util.List;

/** A thousand Services, a hundred pods with sidecars, fifty VirtualServices. */
final class LargeMesh {
    static final int CLIENTS = 100;
    static final int SERVICES = 1000;

    /** The pod that is the only one of its Service, and that Service's cluster. */
    static final String LONE_POD = "lone-0.default";

    static final String LONE_CLUSTER = "outbound|8080||svc-999.default.svc.cluster.local";

    private static final int PLAIN = 300;
    private static final int VIRTUAL_SERVICES = 50;

    private LargeMesh() {}

    static String manifests() {
        var yaml = new StringBuilder();
        for (int i = 0; i < CLIENTS; i++) {
            yaml.append(workload("client-%03d".formatted(i), true));
        }
        for (int i = 0; i < PLAIN; i++) {
            yaml.append(workload("plain-%03d".formatted(i), false));
        }
        yaml.append(workload("lone", false));
        for (int i = 0; i < SERVICES - 1; i++) {
            yaml.append(service(i, i < CLIENTS ? "client-%03d".formatted(i) : "plain-%03d".formatted(i % PLAIN)));
        }
        yaml.append(service(SERVICES - 1, "lone"));
        for (int i = 0; i < VIRTUAL_SERVICES; i++) {
            yaml.append(virtualService(100 + i, "/first"));
        }
        return yaml.toString();
    }

    /** Sends requests below {@code prefix} to another Service than the rest. */
    static String virtualService(int service, String prefix) {
        return """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: svc-%1$03d, namespace: default}
                spec:
                  hosts: [svc-%1$03d]
                  http:
                  - match: [{uri: {prefix: %2$s}}]
                    route:
                    - {destination: {host: svc-%1$03d}, weight: 70}
                    - {destination: {host: svc-200}, weight: 30}
                  - route: [{destination: {host: svc-%1$03d}}]
                """.formatted(service, prefix);
    }

    static MeshTopology topology() {
        var read = Translation.read(List.of(new ManifestFile("large.yaml", manifests())));
        if (!read.diagnostics().isEmpty()) {
            throw new IllegalStateException(read.diagnostics().toString());
        }
        return Translation.plan(read.value());
    }

    /** Returns the pods with sidecars. */
    static List<Pod> clients(MeshTopology topology) {
        return topology.pods().stream()
                .filter(pod -> pod.kind() == PodKind.SIDECAR)
                .toList();
    }

    /** Returns the node id of a pod in Istio's tool, which numbers Deployments by name. */
    static String nodeIdAtPeer(MeshTopology topology, Pod pod) {
        var sorted = topology.pods().stream()
                .sorted(Comparator.comparing(Pod::workload))
                .toList();
        int index = sorted.indexOf(pod) + 1;
        return pod.nodeId().replace(pod.podIp(), "10.1.%d.%d".formatted(index / 250, index % 250));
    }

    private static String workload(String name, boolean sidecar) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: default}
                spec:
                  selector: {matchLabels: {app: %1$s}}
                  template:
                    metadata: {labels: {app: %1$s, version: v1, sidecar.istio.io/inject: "%2$s"}}
                    spec:
                      containers:
                      - {name: app, image: app, ports: [{name: http, containerPort: 8080}]}
                """.formatted(name, sidecar);
    }

    private static String service(int number, String app) {
        return """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: svc-%03d, namespace: default}
                spec:
                  selector: {app: %s}
                  ports: [{name: http, port: 8080}]
                """.formatted(number, app);
    }
}
