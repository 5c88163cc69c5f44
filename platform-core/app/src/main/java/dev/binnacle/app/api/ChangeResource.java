package dev.binnacle.app.api;

import dev.binnacle.app.audit.AuditTrail;
import dev.binnacle.app.config.Mode;
import dev.binnacle.app.mesh.ChangeOutcome;
import dev.binnacle.app.mesh.ChangeOutcome.Effect;
import dev.binnacle.app.mesh.ChangeOutcome.Fate;
import dev.binnacle.app.mesh.ChangeOutcome.ProxyAnswer;
import dev.binnacle.app.mesh.ChangeRequest;
import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.security.Caller;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.ManifestFile;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Changes of the running mesh. */
@Path("/api/v1")
@Tag(name = "mesh")
@APIResponse(responseCode = "200", description = "Every live, affected Envoy has it")
@APIResponse(
        responseCode = "404",
        description = "Nothing of it was applied, and a resource to delete does not exist, or is another one")
@APIResponse(
        responseCode = "409",
        description = "An Envoy refused it or did not answer in time; see proxies and reverted")
@APIResponse(responseCode = "422", description = "Invalid; see diagnostics. Nothing was changed")
@APIResponse(responseCode = "507", description = "It cannot be stored. Nothing was changed")
public class ChangeResource {
    private final MeshRuntime mesh;
    private final MeterRegistry registry;
    private final AuditTrail trail;
    private final Caller caller;

    ChangeResource(MeshRuntime mesh, MeterRegistry registry, AuditTrail trail, Caller caller) {
        this.mesh = mesh;
        this.registry = registry;
        this.trail = trail;
        this.caller = caller;
    }

    /** The number of an entry of the change log. */
    public record ChangeId(long id) {}

    private record Made(ChangeOutcome.Done done, @Nullable ChangeId change) {}

    /**
     * The resources of a change.
     *
     * @param files manifest files as text, each with the name that diagnostics shall use
     */
    public record Change(@Nullable List<ChangedFile> files) {}

    /** One manifest file. */
    public record ChangedFile(
            @Nullable String name, @Nullable String text) {}

    /** What was applied. */
    public record Applied(
            List<ResourceRef> applied,
            List<Diagnostic> diagnostics,
            List<ProxyAnswer> proxies,
            @Nullable ChangeId change) {}

    /**
     * What became of the resources to delete.
     *
     * @param deleted not in the mesh any more
     * @param restored as the manifests say, since what was applied over them was taken back
     * @param left as the manifests say, as before, since something else was taken back
     * @param absent not in the mesh, as before
     */
    public record Deleted(
            List<ResourceRef> deleted,
            List<InManifests> restored,
            List<InManifests> left,
            List<ResourceRef> absent,
            List<Diagnostic> diagnostics,
            List<ProxyAnswer> proxies,
            @Nullable ChangeId change) {}

    @POST
    @Path("/apply")
    @RunOnVirtualThread
    @Operation(summary = "Applies resources and waits until every live, affected Envoy has acknowledged them")
    public Applied apply(
            Change change,
            @QueryParam("dryRun") @DefaultValue("false") String dryRun,
            @QueryParam("timeout") @DefaultValue("10s") String timeout)
            throws InterruptedException {
        var made = make(ChangeRequest.Kind.APPLY, change, dryRun, timeout);
        var done = made.done();
        return new Applied(names(done.of(Fate.APPLIED)), done.diagnostics(), done.proxies(), made.change());
    }

    @POST
    @Path("/delete")
    @RunOnVirtualThread
    @Operation(
            summary = "Takes back what was applied, else deletes the resources that the files name, and waits likewise")
    public Deleted delete(
            Change change,
            @QueryParam("dryRun") @DefaultValue("false") String dryRun,
            @QueryParam("timeout") @DefaultValue("10s") String timeout)
            throws InterruptedException {
        var made = make(ChangeRequest.Kind.DELETE, change, dryRun, timeout);
        var done = made.done();
        return new Deleted(
                names(done.of(Fate.DELETED)),
                InManifests.of(done.of(Fate.RESTORED)),
                InManifests.of(done.of(Fate.LEFT)),
                names(done.of(Fate.ABSENT)),
                done.diagnostics(),
                done.proxies(),
                made.change());
    }

    private Made make(ChangeRequest.Kind kind, @Nullable Change change, String dryRun, String timeout)
            throws InterruptedException {
        if (mesh.mode() == Mode.KUBERNETES) {
            throw new ProblemException(Problem.ofStatus(
                    409,
                    "Not changed here",
                    "in a cluster the API server has the resources: change them by kubectl apply and kubectl delete;"
                            + " GET /api/v1/mesh/diagnostics tells what is wrong with them"));
        }
        var request = new ChangeRequest(kind, files(change), flag(dryRun), duration(timeout));
        var sample = Timer.start(registry);
        trail.trouble().filter(why -> !request.dryRun()).ifPresent(why -> {
            throw new ProblemException(Problem.of(
                    "not-stored", "The change cannot be written down", 507, why + "; nothing was changed", Map.of()));
        });
        var id = new ChangeId[1];
        String word = kind.name().toLowerCase(Locale.ROOT);
        var outcome = mesh.changes()
                .make(
                        request,
                        (ended, touched) -> id[0] = new ChangeId(
                                trail.changed(caller.name(), word, ended, touched, null, ChangeProblem.reason(ended))));
        sample.stop(Timer.builder("binnacle.mesh.apply")
                .description("Time to change the mesh, until the last Envoy has answered.")
                .tag("change", word)
                .tag("outcome", outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT))
                .register(registry));
        return new Made(done(outcome), id[0]);
    }

    private static ChangeOutcome.Done done(ChangeOutcome outcome) {
        if (outcome instanceof ChangeOutcome.Done done) {
            return done;
        }
        throw new ProblemException(ChangeProblem.of(outcome));
    }

    private static List<ResourceRef> names(List<Effect> effects) {
        return effects.stream().map(Effect::resource).toList();
    }

    private static List<ManifestFile> files(@Nullable Change change) {
        if (change == null || change.files() == null) {
            throw badRequest("the body has no files; send {\"files\":[{\"name\":\"…\",\"text\":\"…\"}]}");
        }
        return change.files().stream().map(ChangeResource::file).toList();
    }

    private static ManifestFile file(@Nullable ChangedFile file) {
        if (file == null || file.name() == null || file.text() == null) {
            throw badRequest("every file needs a name and a text");
        }
        return new ManifestFile(file.name(), file.text());
    }

    private static boolean flag(String text) {
        return switch (text) {
            // A bare ?dryRun means yes.
            case "true", "" -> true;
            case "false" -> false;
            default -> throw badRequest("dryRun is true or false, not \"" + text + "\"");
        };
    }

    private static Duration duration(String text) {
        try {
            var duration = DurationConverter.parseDuration(text);
            if (duration != null && !duration.isNegative()) {
                return duration;
            }
        } catch (IllegalArgumentException e) {
            // Said below, with the value.
        }
        throw badRequest("timeout is a duration like 10s or 500ms, not \"" + text + "\"");
    }

    private static ProblemException badRequest(String detail) {
        return new ProblemException(Problem.ofStatus(400, "Bad Request", detail));
    }
}
