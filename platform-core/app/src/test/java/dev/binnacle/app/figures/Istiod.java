package dev.binnacle.app.figures;

import static io.restassured.RestAssured.given;

import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** istiod's translation and ADS server, run by the tool in {@code platform-core/mesh/oracle}. */
record Istiod(Process process, int port, int admin, MeshTopology topology, String debounce) implements Server {
    private static final Path TOOL = Path.of("../mesh/oracle");

    static Istiod start(Path folder, MeshTopology topology, String debounce) throws Exception {
        Path binary = folder.resolve("oracle");
        if (!Files.exists(binary)) {
            var build = new ProcessBuilder("go", "build", "-o", binary.toString(), ".")
                    .directory(TOOL.toFile())
                    .inheritIO()
                    .start();
            if (build.waitFor() != 0) {
                throw new IOException("the peer was not built: " + TOOL.toAbsolutePath());
            }
        }
        Path file = Files.writeString(folder.resolve("istiod.yaml"), LargeMesh.manifests());
        int port = Ports.free();
        int admin = Ports.free();
        var command = new ProcessBuilder(List.of(
                        binary.toString(),
                        "-serve",
                        "127.0.0.1:" + port,
                        "-admin",
                        "127.0.0.1:" + admin,
                        "-debounce",
                        debounce,
                        file.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        // Otherwise it turns away proxies that come at the same moment.
        command.environment().put("PILOT_MAX_REQUESTS_PER_SECOND", "10000");
        var process = command.start();
        var out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.equals("serving")) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException("the peer does not serve");
        }
        return new Istiod(process, port, admin, topology, debounce);
    }

    @Override
    public String name() {
        return "istiod, debounce " + debounce;
    }

    @Override
    public String nodeId(Pod pod) {
        return LargeMesh.nodeIdAtPeer(topology, pod);
    }

    @Override
    public void apply(String yaml) {
        post("/apply", yaml);
    }

    @Override
    public void lonePodReady(boolean ready) {
        post((ready ? "/ready" : "/unready") + "?pod=" + LargeMesh.LONE_POD, "");
    }

    private void post(String path, String body) {
        given().baseUri("http://127.0.0.1:" + admin)
                .body(body)
                .post(path)
                .then()
                .statusCode(200);
    }
}
