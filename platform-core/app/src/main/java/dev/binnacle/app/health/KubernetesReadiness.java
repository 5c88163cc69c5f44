package dev.binnacle.app.health;

import dev.binnacle.app.kubernetes.ClusterRuntime;
import dev.binnacle.kubernetes.cluster.Cluster;
import dev.binnacle.kubernetes.cluster.WatchReport;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * In a cluster, ready once it has been seen as a whole: what is refused or not installed is named and holds nothing up, and
 * while the API server is away what was seen last is shown. On one machine always ready.
 */
@Readiness
@ApplicationScoped
public class KubernetesReadiness implements HealthCheck {
    private final ClusterRuntime runtime;

    KubernetesReadiness(ClusterRuntime runtime) {
        this.runtime = runtime;
    }

    @Override
    public HealthCheckResponse call() {
        var health = HealthCheckResponse.named("kubernetes");
        var cluster = runtime.cluster();
        if (cluster.isEmpty()) {
            return health.up().withData("mode", "local").build();
        }
        Cluster watched = cluster.get().cluster();
        for (var report : watched.reports()) {
            health.withData(report.resource(), text(report));
        }
        return health.withData("leader", cluster.get().leadership().leader())
                .status(watched.isComplete())
                .build();
    }

    private static String text(WatchReport report) {
        String state = report.state().name().toLowerCase(Locale.ROOT) + ", " + report.objects() + " objects";
        return report.reason().isEmpty() ? state : state + ": " + report.reason();
    }
}
