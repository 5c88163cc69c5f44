package dev.binnacle.app.figures;

import static io.restassured.RestAssured.given;

import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.TopologyJson;
import io.restassured.http.ContentType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged application over a folder of manifests, as the launcher starts it, with more memory. */
record Ours(Process process, int port, int http, Path folder, MeshTopology topology) implements Server {
    private static final Path JAR = Path.of("target/quarkus-app/quarkus-run.jar");

    static Ours start(Path folder, MeshTopology topology) throws Exception {
        Files.createDirectories(folder.resolve("manifests"));
        Files.writeString(folder.resolve("manifests/large.yaml"), LargeMesh.manifests());
        writeTopology(folder, topology);
        int port = Ports.free();
        int http = Ports.free();
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx3g"));
        Map.of(
                        "binnacle.mesh.manifests", folder.resolve("manifests"),
                        "binnacle.mesh.overlays", folder.resolve("overlays"),
                        "binnacle.mesh.topology", folder.resolve("topology.json"),
                        "binnacle.plugins.directory", Files.createDirectories(folder.resolve("plugins")),
                        "binnacle.xds.port", port,
                        "quarkus.http.port", http)
                .forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of("-jar", JAR.toString()));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("app.log").toFile())
                .start();
        var server = new Ours(process, port, http, folder, topology);
        server.awaitReady();
        return server;
    }

    private void awaitReady() throws InterruptedException, IOException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (System.nanoTime() < end && process.isAlive()) {
            try {
                if (given().get("http://127.0.0.1:" + http + "/q/health/ready").statusCode() == 200) {
                    return;
                }
            } catch (Exception notYet) {
                Thread.sleep(50);
            }
        }
        throw new IOException("the application is not ready: " + Files.readString(folder.resolve("app.log")));
    }

    @Override
    public String name() {
        return "binnacle";
    }

    @Override
    public String nodeId(Pod pod) {
        return pod.nodeId();
    }

    @Override
    public void apply(String yaml) {
        given().baseUri("http://127.0.0.1:" + http)
                .contentType(ContentType.JSON)
                .body(Map.of("files", List.of(Map.of("name", "edit.yaml", "text", yaml))))
                .post("/api/v1/apply")
                .then()
                .statusCode(200);
    }

    @Override
    public void lonePodReady(boolean ready) throws IOException {
        var pods = topology.pods().stream()
                .map(pod -> pod.id().equals(LargeMesh.LONE_POD) ? pod.withReady(ready) : pod)
                .toList();
        writeTopology(folder, topology.withPods(pods));
    }

    private static void writeTopology(Path folder, MeshTopology topology) throws IOException {
        Path next = Files.writeString(folder.resolve("topology.json.next"), TopologyJson.write(topology));
        Files.move(next, folder.resolve("topology.json"), StandardCopyOption.ATOMIC_MOVE);
    }
}
