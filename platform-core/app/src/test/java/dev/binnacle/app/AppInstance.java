package dev.binnacle.app;

import dev.binnacle.app.mesh.TestMesh;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The one instance that all tests of the running application share: a small mesh. */
public final class AppInstance implements QuarkusTestResourceLifecycleManager {
    @Override
    public Map<String, String> start() {
        try {
            Path folder = BuildFolder.fresh("app instance");
            TestMesh.write(folder);
            return Map.of(
                    "binnacle.audit.file",
                    folder.resolve("audit.log").toString(),
                    "binnacle.mesh.manifests",
                    TestMesh.manifests(folder).toString(),
                    "binnacle.mesh.overlays",
                    TestMesh.overlays(folder).toString(),
                    "binnacle.mesh.topology",
                    TestMesh.topology(folder).toString(),
                    "binnacle.mesh.poll",
                    "20ms",
                    "binnacle.xds.port",
                    "0",
                    // Nobody listens there, and nobody can by chance.
                    "binnacle.prometheus.url",
                    "http://127.0.0.1:1",
                    "binnacle.alertmanager.url",
                    "http://127.0.0.1:1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The application may still read the folder; the next run or build replaces it.
    }
}
