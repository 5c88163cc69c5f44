package dev.binnacle.app.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import dev.binnacle.app.config.Mode;
import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.traffic.Drafted;
import dev.binnacle.mesh.traffic.Routing;
import dev.binnacle.mesh.traffic.RoutingDraft;
import dev.binnacle.mesh.traffic.ServiceRouting;
import dev.binnacle.mesh.traffic.Steering;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Where the requests to a service go, and what would have them go elsewhere. Nothing here changes the mesh. */
@Path("/api/v1/services/{namespace}/{name}/routing")
@Tag(name = "traffic")
@APIResponse(responseCode = "404", description = "There is no such Service")
public class TrafficResource {
    private static final String IN_A_CLUSTER =
            "in a cluster the API server has the resources: change them by kubectl apply";

    private final MeshRuntime mesh;

    TrafficResource(MeshRuntime mesh) {
        this.mesh = mesh;
    }

    /**
     * How somebody would have it.
     *
     * @param revision of the routing that they looked at
     */
    public record Wanted(
            @Nullable Long revision,
            @Nullable Integer rule,
            @Nullable List<Steering.Weight> weights,
            @Nullable List<Steering.HeaderRule> headers,
            Steering.@Nullable WantedFault fault) {}

    /**
     * What would be written.
     *
     * @param yaml all of it; empty when nothing would change
     * @param before the same resources as they are
     * @param files what {@code POST /api/v1/apply} takes
     * @param words what changes
     * @param diagnostics what there is to say about it; with an error it would be refused
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record DraftView(
            String yaml,
            @Nullable String before,
            List<ManifestFile> files,
            List<String> words,
            List<Diagnostic> diagnostics) {}

    @GET
    @RunOnVirtualThread
    @Operation(summary = "The rules that decide where requests to a service go, in words and values")
    public Routing routing(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        var routing = find(namespace, name).routing();
        return mesh.mode() == Mode.LOCAL
                ? routing
                : new Routing(
                        routing.namespace(),
                        routing.name(),
                        routing.host(),
                        routing.revision(),
                        routing.rules(),
                        routing.subsets(),
                        routing.policies(),
                        false,
                        IN_A_CLUSTER);
    }

    @POST
    @Path("/draft")
    @RunOnVirtualThread
    @APIResponse(responseCode = "200", description = "What would be written; nothing was changed")
    @APIResponse(responseCode = "409", description = "The routing is another one than that of the revision")
    @APIResponse(responseCode = "422", description = "It cannot be written, or makes no sense; detail says why")
    @Operation(summary = "Writes the resources for other weights, rules for headers, or a fault, and changes nothing")
    public DraftView draft(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Nullable Wanted wanted) {
        if (wanted == null || wanted.revision() == null) {
            throw problem(400, "Bad Request", "send {\"revision\":N,…} with the revision of the routing");
        }
        if (mesh.mode() == Mode.KUBERNETES) {
            throw problem(422, "Not changed here", IN_A_CLUSTER);
        }
        var routing = find(namespace, name);
        long now = routing.routing().revision();
        if (now != wanted.revision()) {
            throw new ProblemException(Problem.of(
                    "outdated",
                    "The routing has changed",
                    409,
                    "the routing of " + namespace + "/" + name + " is not what it was at revision " + wanted.revision()
                            + " any more; look at it again",
                    Map.of("revision", now)));
        }
        var steering = new Steering(wanted.rule(), wanted.weights(), wanted.headers(), wanted.fault());
        return switch (RoutingDraft.of(routing, steering)) {
            case Drafted.Refused(String why) ->
                throw new ProblemException(Problem.of("not-drafted", "Not drafted", 422, why, Map.of()));
            case Drafted.Draft draft ->
                new DraftView(
                        draft.yaml(),
                        draft.before().orElse(null),
                        draft.files(),
                        draft.words(),
                        draft.files().isEmpty()
                                ? List.of()
                                : mesh.changes().preview(draft.files()).diagnostics());
        };
    }

    private ServiceRouting find(String namespace, String name) {
        return ServiceRouting.of(SeenMeshes.of(mesh.controller().state()), namespace, name)
                .orElseThrow(() -> problem(
                        404,
                        "No such Service",
                        "there is no Service " + namespace + "/" + name
                                + " (/api/v1/mesh/resources?kind=Service lists them)"));
    }

    private static ProblemException problem(int status, String title, String detail) {
        return new ProblemException(Problem.ofStatus(status, title, detail));
    }
}
