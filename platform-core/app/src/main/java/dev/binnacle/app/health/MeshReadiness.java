package dev.binnacle.app.health;

import dev.binnacle.app.config.MeshConfig;
import dev.binnacle.app.config.Mode;
import dev.binnacle.app.config.XdsConfig;
import dev.binnacle.app.mesh.MeshRuntime;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready once the Envoys can be told what to do. */
@Readiness
@ApplicationScoped
public class MeshReadiness implements HealthCheck {
    private final MeshRuntime mesh;
    private final MeshConfig config;
    private final XdsConfig xds;

    MeshReadiness(MeshRuntime mesh, MeshConfig config, XdsConfig xds) {
        this.mesh = mesh;
        this.config = config;
        this.xds = xds;
    }

    @Override
    public HealthCheckResponse call() {
        var health = HealthCheckResponse.named("mesh");
        if (mesh.mode() == Mode.LOCAL && xds.enabled() && !mesh.controller().published()) {
            return health.down()
                    .withData("reason", "no topology yet: the launcher has not written " + config.topology())
                    .build();
        }
        mesh.xdsPort().ifPresent(port -> health.withData("xds", xds.host() + ":" + port));
        return health.up().build();
    }
}
