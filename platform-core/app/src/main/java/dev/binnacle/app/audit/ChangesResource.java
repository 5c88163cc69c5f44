package dev.binnacle.app.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.app.api.ChangeProblem;
import dev.binnacle.app.api.InManifests;
import dev.binnacle.app.api.Problem;
import dev.binnacle.app.api.ProblemException;
import dev.binnacle.app.mesh.ChangeOutcome;
import dev.binnacle.app.mesh.ChangeOutcome.Fate;
import dev.binnacle.app.mesh.ChangeOutcome.ProxyAnswer;
import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.mesh.Touched;
import dev.binnacle.app.security.Caller;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.ManifestDocuments.Contents;
import dev.binnacle.mesh.manifest.ManifestFile;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The change log, and taking a change back. */
@Path("/api/v1/changes")
@Tag(name = "changes")
public class ChangesResource {
    private static final int USUAL = 50;
    private static final int MOST = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<String> UNDOABLE = Set.of("apply", "delete", "undo");

    private final AuditTrail trail;
    private final MeshRuntime mesh;
    private final Caller caller;

    ChangesResource(AuditTrail trail, MeshRuntime mesh, Caller caller) {
        this.trail = trail;
        this.mesh = mesh;
        this.caller = caller;
    }

    /**
     * A page of the log.
     *
     * @param changes the newest first
     * @param more whether there are older ones
     * @param gaps what is wrong with the log: a line that was changed, or not written to its end
     */
    public record Page(List<ChangeView> changes, boolean more, List<String> gaps) {}

    /**
     * An entry.
     *
     * @param undoable whether it may be taken back, if nothing else was changed about its resources since
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record ChangeView(
            long id,
            Instant at,
            String who,
            String kind,
            List<ResourceRef> resources,
            String words,
            String outcome,
            @Nullable String before,
            @Nullable String after,
            @Nullable Long undoes,
            boolean undoable,
            @Nullable Long undoneBy) {}

    /** The number of an entry. */
    public record ChangeId(long id) {}

    /** What became of the resources of an undone change. */
    public record Undone(
            long undone,
            List<ResourceRef> applied,
            List<ResourceRef> deleted,
            List<InManifests> restored,
            List<InManifests> left,
            List<ResourceRef> absent,
            List<Diagnostic> diagnostics,
            List<ProxyAnswer> proxies,
            ChangeId change) {}

    @GET
    @RunOnVirtualThread
    @Operation(summary = "Who changed what, the newest first")
    public Page changes(@QueryParam("limit") @Nullable Integer limit, @QueryParam("before") @Nullable Long before)
            throws IOException {
        int most = limit == null ? USUAL : limit;
        if (most < 1 || most > MOST) {
            throw problem(400, "Bad Request", "limit is 1 to " + MOST + ", not " + most);
        }
        var log = trail.log();
        if (log.isEmpty()) {
            return new Page(
                    List.of(),
                    false,
                    List.of(trail.trouble().orElse("changes are written to the application's own log here")));
        }
        var entries = log.get().newest(before, most + 1);
        return new Page(
                entries.stream()
                        .limit(most)
                        .map(entry -> view(log.get(), entry))
                        .toList(),
                entries.size() > most,
                log.get().problems());
    }

    private static ChangeView view(AuditLog log, AuditEntry entry) {
        var undoneBy = log.undoneBy(entry.id());
        return new ChangeView(
                entry.id(),
                entry.at(),
                entry.who(),
                entry.kind(),
                entry.resources(),
                entry.words(),
                entry.outcome(),
                entry.before(),
                entry.after(),
                entry.undoes(),
                undoneBy == null && refusal(entry).isEmpty(),
                undoneBy);
    }

    private static Optional<String> refusal(AuditEntry entry) {
        if (!entry.changedTheMesh() || !UNDOABLE.contains(entry.kind())) {
            return Optional.of("it did not change the mesh by this API");
        }
        if (!entry.exact()) {
            return Optional.of(
                    "secrets, or more than the log takes, are not in the log, so it is not known what to bring back");
        }
        return java.util.Objects.equals(entry.before(), entry.after())
                ? Optional.of("it changed nothing")
                : Optional.empty();
    }

    @POST
    @Path("/{id}/undo")
    @RunOnVirtualThread
    @APIResponse(responseCode = "200", description = "Every live, affected Envoy has what was there before")
    @APIResponse(responseCode = "404", description = "There is no such change")
    @APIResponse(
            responseCode = "409",
            description = "It cannot be taken back, or something changed since; detail says what")
    @Operation(summary = "Takes exactly one change back")
    public Undone undo(@PathParam("id") long id) throws IOException, InterruptedException {
        var log = trail.log().orElseThrow(() -> problem(404, "No such change", "there is no change log here"));
        var entry = log.find(id).orElseThrow(() -> problem(404, "No such change", "there is no change " + id));
        var undoneBy = log.undoneBy(id);
        if (undoneBy != null) {
            throw problem(409, "Undone already", "change " + id + " was taken back by change " + undoneBy);
        }
        refusal(entry).ifPresent(why -> {
            throw problem(409, "Not to be undone", "change " + id + " cannot be taken back: " + why);
        });
        later(log, entry).ifPresent(other -> {
            throw new ProblemException(Problem.of(
                    "overtaken",
                    "Changed since",
                    409,
                    "change " + other.id() + " came later and is about the same: " + other.words()
                            + ". Take that back first",
                    Map.of("change", other.id())));
        });
        return undo(entry);
    }

    private Undone undo(AuditEntry entry) throws InterruptedException {
        long[] id = new long[1];
        var outcome = mesh.changes()
                .undo(
                        touched(entry),
                        PATIENCE,
                        (made, touched) -> id[0] = trail.changed(
                                caller.name(), "undo", made, touched, entry.id(), ChangeProblem.reason(made)));
        if (!(outcome instanceof ChangeOutcome.Done done)) {
            throw new ProblemException(ChangeProblem.of(outcome));
        }
        return new Undone(
                entry.id(),
                names(done, Fate.APPLIED),
                names(done, Fate.DELETED),
                InManifests.of(done.of(Fate.RESTORED)),
                List.of(),
                List.of(),
                done.diagnostics(),
                done.proxies(),
                new ChangeId(id[0]));
    }

    private static List<ResourceRef> names(ChangeOutcome.Done done, Fate fate) {
        return done.of(fate).stream().map(ChangeOutcome.Effect::resource).toList();
    }

    private static List<Touched> touched(AuditEntry entry) {
        var before = contents(entry.before());
        var after = contents(entry.after());
        return entry.resources().stream()
                .map(name -> new Touched(name, before.resource(name), after.resource(name)))
                .toList();
    }

    private static Contents contents(@Nullable String yaml) {
        return Contents.of(yaml == null ? List.of() : List.of(new ManifestFile("change log", yaml)));
    }

    /** What was taken back since, and what took it back, leave nothing behind. */
    private static Optional<AuditEntry> later(AuditLog log, AuditEntry entry) throws IOException {
        var later = log.after(entry.id());
        var mine = new HashSet<>(entry.resources());
        var gone = later.stream()
                .filter(other -> log.undoneBy(other.id()) != null)
                .map(AuditEntry::id)
                .collect(Collectors.toSet());
        return later.stream()
                .filter(AuditEntry::changedTheMesh)
                .filter(other -> !java.util.Objects.equals(other.before(), other.after()) || !other.exact())
                .filter(other -> other.resources().stream().anyMatch(mine::contains))
                .filter(other -> !gone.contains(other.id()))
                .filter(other -> other.undoes() == null || !gone.contains(other.undoes()))
                .reduce((first, last) -> last);
    }

    private static ProblemException problem(int status, String title, String detail) {
        return new ProblemException(Problem.ofStatus(status, title, detail));
    }
}
