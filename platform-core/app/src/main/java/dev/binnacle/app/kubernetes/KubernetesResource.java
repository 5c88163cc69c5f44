package dev.binnacle.app.kubernetes;

import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import dev.binnacle.kubernetes.InCluster;
import dev.binnacle.kubernetes.apply.WriteReport;
import dev.binnacle.kubernetes.cluster.Endpoints;
import dev.binnacle.kubernetes.cluster.Warning;
import dev.binnacle.kubernetes.cluster.WatchReport;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What the platform sees of its cluster, and does there. */
@Path("/api/v1/kubernetes")
@Tag(name = "kubernetes")
@APIResponse(responseCode = "404", description = "This platform is in no cluster")
public class KubernetesResource {
    private final ClusterRuntime runtime;

    KubernetesResource(ClusterRuntime runtime) {
        this.runtime = runtime;
    }

    /**
     * The platform in the cluster.
     *
     * @param namespace in which it writes
     * @param leader who leads, as far as this replica knows; only the leader writes
     * @param leaseTrouble why the lease cannot be read or written; empty when it can
     * @param complete whether the cluster has been seen as a whole
     * @param generated what became of generated objects in this replica's last run
     */
    public record View(
            String namespace,
            String identity,
            String leader,
            boolean leading,
            String leaseTrouble,
            boolean complete,
            List<WatchReport> watches,
            WriteReport generated) {}

    @GET
    @Operation(summary = "Who leads, what is watched, and what became of generated objects")
    public View view() {
        var cluster = cluster();
        var leadership = cluster.leadership();
        return new View(
                runtime.namespace(),
                leadership.identity(),
                leadership.leader(),
                leadership.isLeading(),
                leadership.trouble(),
                cluster.cluster().isComplete(),
                cluster.cluster().reports(),
                cluster.report());
    }

    @GET
    @Path("/endpoints")
    @Operation(summary = "The addresses behind every Service")
    public List<Endpoints> endpoints() {
        return cluster().cluster().state().endpoints();
    }

    @GET
    @Path("/warnings")
    @Operation(summary = "What Kubernetes warns of, the newest first")
    public List<Warning> warnings() {
        return cluster().cluster().state().warnings();
    }

    private InCluster cluster() {
        return runtime.cluster()
                .orElseThrow(() -> new ProblemException(Problem.ofStatus(
                        404,
                        "In no cluster",
                        "this platform runs on one machine; binnacle.mode=kubernetes is for clusters")));
    }
}
