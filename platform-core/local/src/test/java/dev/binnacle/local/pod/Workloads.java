package dev.binnacle.local.pod;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.util.List;

/** Workloads as the manifest reader makes them. */
public final class Workloads {
    private Workloads() {}

    /** Returns the workloads of {@code yaml}. */
    public static List<Workload> of(String yaml) {
        return Translation.read(List.of(new ManifestFile("test.yaml", yaml)))
                .value()
                .workloads();
    }

    /** Returns a Deployment with as many replicas, and more of its container as YAML. */
    public static Workload deployment(String name, int replicas, String container) {
        return of("""
                        apiVersion: apps/v1
                        kind: Deployment
                        metadata: {name: %s}
                        spec:
                          replicas: %d
                          selector: {matchLabels: {app: %s}}
                          template:
                            metadata: {labels: {app: %s, version: v1}}
                            spec:
                              containers:
                              - name: main
                                image: none
                                ports: [{name: http, containerPort: 8080}]
                        """.formatted(name, replicas, name, name) + container.indent(6))
                .getFirst();
    }
}
