package dev.binnacle.app.mesh;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.TopologyJson;
import dev.binnacle.xds.XdsServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A small mesh in a folder: web calls catalog, in two versions. */
public final class TestMesh implements AutoCloseable {
    /** The id of web's pod. */
    public static final String WEB = "web-0.default";

    private final Path folder;
    private final XdsServer server;
    private final MeshController controller;
    private final MeshChanges changes;

    /** A mesh whose manifests and topology are in {@code folder} already. */
    public TestMesh(Path folder) throws IOException {
        this.folder = folder;
        server = XdsServer.start("127.0.0.1", 0, "test");
        controller = new MeshController(
                List.of(manifests(folder)), overlays(folder), topology(folder), ControlPlane.of(server), List.of());
        changes = new MeshChanges(controller);
        controller.refresh();
    }

    /** Writes the manifests and the topology that a launcher would write. */
    public static void write(Path folder) throws IOException {
        Files.createDirectories(manifests(folder));
        Files.writeString(manifests(folder).resolve("web.yaml"), service("web", 8080) + workload("web", "web", "v1"));
        Files.writeString(
                manifests(folder).resolve("catalog.yaml"),
                service("catalog", 8080)
                        + workload("catalog-v1", "catalog", "v1")
                        + workload("catalog-v2", "catalog", "v2"));
        writeTopology(folder, planned(folder));
    }

    public static Path manifests(Path folder) {
        return folder.resolve("manifests");
    }

    public static Path overlays(Path folder) {
        return folder.resolve("overlays");
    }

    public static Path topology(Path folder) {
        return folder.resolve("topology.json");
    }

    static MeshTopology planned(Path folder) throws IOException {
        var files = new ArrayList<ManifestFile>();
        try (var found = Files.list(manifests(folder))) {
            for (Path file : found.sorted().toList()) {
                files.add(new ManifestFile(file.toString(), Files.readString(file)));
            }
        }
        return Translation.plan(Translation.read(files).value());
    }

    static void writeTopology(Path folder, MeshTopology topology) throws IOException {
        var part = folder.resolve("topology.json.part");
        Files.writeString(part, TopologyJson.write(topology));
        Files.move(part, topology(folder), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Plays the launcher: gives a number to every host that is wanted now. */
    void numberHosts(String... more) throws IOException {
        var topology = planned(folder);
        Map<String, Integer> hosts = new TreeMap<>(MeshTopology.numberHosts(topology.hosts(), List.of(more)));
        writeTopology(folder, new MeshTopology(topology.trustDomain(), topology.base(), topology.pods(), hosts));
    }

    public MeshController controller() {
        return controller;
    }

    XdsServer server() {
        return server;
    }

    Path overlays() {
        return overlays(folder);
    }

    String node(String podId) {
        return controller.state().pods().stream()
                .filter(pod -> pod.id().equals(podId))
                .findFirst()
                .orElseThrow()
                .nodeId();
    }

    ChangeOutcome apply(String text) throws InterruptedException {
        return make(ChangeRequest.Kind.APPLY, text, false, Duration.ofSeconds(10));
    }

    ChangeOutcome delete(String text) throws InterruptedException {
        return make(ChangeRequest.Kind.DELETE, text, false, Duration.ofSeconds(10));
    }

    ChangeOutcome make(ChangeRequest.Kind kind, String text, boolean dryRun, Duration timeout)
            throws InterruptedException {
        return changes.make(new ChangeRequest(kind, List.of(new ManifestFile("given.yaml", text)), dryRun, timeout));
    }

    @Override
    public void close() {
        server.close();
    }

    /** A Service for the pods labelled {@code app: name}. */
    public static String service(String name, int port) {
        return """
               ---
               apiVersion: v1
               kind: Service
               metadata:
                 name: %s
               spec:
                 selector:
                   app: %s
                 ports:
                 - name: http
                   port: %d
                   targetPort: http
               """.formatted(name, name, port);
    }

    static String workload(String name, String app, String version) {
        return """
               ---
               apiVersion: apps/v1
               kind: Deployment
               metadata:
                 name: %s
               spec:
                 selector:
                   matchLabels:
                     app: %s
                     version: %s
                 template:
                   metadata:
                     labels:
                       app: %s
                       version: %s
                   spec:
                     containers:
                     - name: app
                       image: example/app
                       ports:
                       - name: http
                         containerPort: 8080
               """.formatted(name, app, version, app, version);
    }
}
