package dev.binnacle.app.mesh;

import dev.binnacle.app.mesh.ChangeOutcome.ProxyAnswer;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.manifest.ManifestDocuments.Contents;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Overlays;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.xds.Outcome;
import dev.binnacle.xds.ProxyStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Changes the running mesh, one change at a time.
 *
 * <p>A change is checked against the whole mesh first, then written down as an overlay, then published. When an Envoy
 * refuses it, the overlay is taken back and the mesh is as it was. When an Envoy only does not answer in time, the change
 * stays: it will have it as soon as it can. What was applied is taken back by deleting it, see {@link Deletion}.
 */
public final class MeshChanges {
    private static final Logger LOG = Logger.getLogger(MeshChanges.class);
    private static final Duration REVERT_PATIENCE = Duration.ofSeconds(2);

    private final MeshController controller;
    private final ReentrantLock oneAtATime = new ReentrantLock(true);

    public MeshChanges(MeshController controller) {
        this.controller = controller;
    }

    /**
     * Makes the change, after those that were asked for before.
     *
     * @throws InterruptedException when interrupted; the change was not made then
     */
    public ChangeOutcome make(ChangeRequest request) throws InterruptedException {
        return make(request, ChangeRecorder.NONE);
    }

    /**
     * Does the same.
     *
     * @param recorder told of it, unless it is a dry run
     */
    public ChangeOutcome make(ChangeRequest request, ChangeRecorder recorder) throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            var before = controller.state().sources();
            var outcome = switch (request.kind()) {
                case APPLY -> apply(request);
                case DELETE -> delete(request);
            };
            if (!request.dryRun()) {
                recorder.record(outcome, touched(request, outcome, before));
            }
            return outcome;
        } finally {
            oneAtATime.unlock();
        }
    }

    /** What did not come about is recorded as it was to be. */
    private List<Touched> touched(ChangeRequest request, ChangeOutcome outcome, Sources before) {
        var names = Overlays.names(request.files()).value();
        var was = before.inForce();
        if (stands(outcome)) {
            return Touched.of(names, was, controller.state().sources().inForce());
        }
        return Touched.of(
                names,
                was,
                request.kind() == ChangeRequest.Kind.APPLY ? Contents.of(request.files()) : Contents.of(List.of()));
    }

    /** Tells whether a change is in force. */
    static boolean stands(ChangeOutcome outcome) {
        return outcome instanceof ChangeOutcome.Done
                || outcome instanceof ChangeOutcome.NotTaken notTaken && !notTaken.reverted();
    }

    /**
     * Takes a change back: what is said about each resource becomes what was said before it, if it still is what was said after it.
     *
     * @param changed around that change
     * @param timeout as that of a {@link ChangeRequest}
     */
    public ChangeOutcome undo(List<Touched> changed, Duration timeout, ChangeRecorder recorder)
            throws InterruptedException {
        oneAtATime.lockInterruptibly();
        try {
            var outcome = undo(changed, timeout);
            recorder.record(
                    outcome,
                    changed.stream()
                            .map(one -> new Touched(one.resource(), one.after(), one.before()))
                            .toList());
            return outcome;
        } finally {
            oneAtATime.unlock();
        }
    }

    private ChangeOutcome undo(List<Touched> changed, Duration timeout) throws InterruptedException {
        var mesh = controller.state();
        var now = mesh.sources().inForce();
        var overtaken = changed.stream()
                .filter(one -> !now.resource(one.resource()).equals(one.after()))
                .map(Touched::resource)
                .toList();
        if (!overtaken.isEmpty()) {
            return new ChangeOutcome.Overtaken(overtaken);
        }
        var request = new ChangeRequest(ChangeRequest.Kind.APPLY, List.of(), false, timeout);
        return attempt(request, Draft.undoing(changed, controller, mesh));
    }

    /**
     * The mesh as it would be.
     *
     * @param diagnostics what there is to say about the given files, errors among them
     * @param state the mesh with them; as it is now when they have errors
     */
    public record Preview(List<Diagnostic> diagnostics, MeshState state) {}

    /** Returns what applying {@code files} would come to. Waits for nobody and changes nothing. */
    public Preview preview(List<ManifestFile> files) {
        var mesh = controller.state();
        var names = Overlays.names(files).value();
        var problems = new Review(mesh, files, names).problems();
        if (hasErrors(problems) || names.isEmpty()) {
            return new Preview(problems, mesh);
        }
        var draft = Draft.applying(files, names, problems, controller, mesh);
        var errors = draft.newErrors();
        return errors.isEmpty() ? new Preview(problems, draft.after()) : new Preview(errors, mesh);
    }

    private ChangeOutcome apply(ChangeRequest request) throws InterruptedException {
        var mesh = controller.state();
        var names = Overlays.names(request.files()).value();
        var problems = new Review(mesh, request.files(), names).problems();
        if (hasErrors(problems)) {
            return new ChangeOutcome.Invalid(problems);
        }
        return names.isEmpty()
                ? new ChangeOutcome.Empty(problems)
                : attempt(request, Draft.applying(request.files(), names, problems, controller, mesh));
    }

    private ChangeOutcome delete(ChangeRequest request) throws InterruptedException {
        var named = Overlays.names(request.files());
        if (named.hasErrors()) {
            return new ChangeOutcome.Invalid(named.diagnostics());
        }
        if (named.value().isEmpty()) {
            return new ChangeOutcome.Empty(named.diagnostics());
        }
        var mesh = controller.state();
        var deletion = Deletion.of(request.files(), named.value(), mesh);
        return deletion.impossible()
                ? deletion.missing()
                : attempt(request, Draft.deleting(deletion, named.diagnostics(), controller, mesh));
    }

    private ChangeOutcome attempt(ChangeRequest request, Draft draft) throws InterruptedException {
        var errors = draft.newErrors();
        if (!errors.isEmpty()) {
            return new ChangeOutcome.Invalid(errors);
        }
        if (request.dryRun()) {
            return new ChangeOutcome.Done(draft.effects(), draft.problems(), List.of());
        }
        if (draft.empty()) {
            return new ChangeOutcome.Done(draft.effects(), draft.problems(), unchanged());
        }
        controller.holdOverlays();
        try {
            for (var overlay : draft.overlays()) {
                controller.overlays().write(overlay);
            }
            return carryOut(request, draft);
        } catch (IOException e) {
            removeAll(draft.overlays());
            return new ChangeOutcome.NotStored(
                    controller.overlays().folder().toString(), String.valueOf(e.getMessage()));
        } finally {
            controller.releaseOverlays();
        }
    }

    private ChangeOutcome carryOut(ChangeRequest request, Draft draft) throws InterruptedException {
        boolean standing = false;
        try {
            var hosts = controller.awaitAddresses(draft.after().manifests().hosts(), request.timeout());
            if (!hosts.isEmpty()) {
                return new ChangeOutcome.NoAddress(hosts);
            }
            var publication = controller.introduce(draft.before(), draft.after(), s -> s.with(draft.overlays()));
            var outcomes = controller
                    .controlPlane()
                    .awaitAcks(publication, controller.state().liveNodes(), request.timeout());
            standing = outcomes.values().stream().noneMatch(Outcome.Rejected.class::isInstance);
            if (standing) {
                tidy();
            }
            return conclude(draft, answers(outcomes), standing);
        } finally {
            if (!standing) {
                revert(draft.overlays());
            }
        }
    }

    private static ChangeOutcome conclude(Draft draft, List<ProxyAnswer> answers, boolean standing) {
        boolean taken = answers.stream().allMatch(ProxyAnswer::content);
        return taken
                ? new ChangeOutcome.Done(draft.effects(), draft.problems(), answers)
                : new ChangeOutcome.NotTaken(answers, !standing);
    }

    private void revert(List<ManifestFile> overlays) throws InterruptedException {
        removeAll(overlays);
        if (controller.state().sources().overlays().stream().anyMatch(overlays::contains)) {
            var publication = controller.publish(s -> s.without(overlays));
            var outcomes = controller
                    .controlPlane()
                    .awaitAcks(publication, controller.state().liveNodes(), REVERT_PATIENCE);
            LOG.infof(
                    "change taken back overlay=%s proxies=%d",
                    overlays.getFirst().name(), outcomes.size());
        }
    }

    private void removeAll(List<ManifestFile> overlays) {
        for (var overlay : overlays) {
            try {
                controller.overlays().remove(overlay);
            } catch (IOException e) {
                LOG.errorf(e, "refused overlay not removed, remove it by hand file=%s", overlay.name());
            }
        }
    }

    private void tidy() {
        var sources = controller.state().sources();
        var manifests =
                sources.base().value().resources().stream().map(Resource::ref).toList();
        for (var overlay : ObsoleteOverlays.of(manifests, sources.overlays())) {
            try {
                controller.overlays().remove(overlay);
                controller.forget(overlay);
            } catch (IOException e) {
                // The ones behind it may be what takes it back.
                LOG.warnf(e, "obsolete overlays stay first=%s", overlay.name());
                return;
            }
        }
    }

    private static boolean hasErrors(List<Diagnostic> problems) {
        return problems.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }

    private static List<ProxyAnswer> answers(Map<String, Outcome> outcomes) {
        return outcomes.entrySet().stream()
                .map(e -> answer(ProxyStatus.proxyOf(e.getKey()), e.getValue()))
                .sorted((a, b) -> a.proxy().compareTo(b.proxy()))
                .toList();
    }

    private List<ProxyAnswer> unchanged() {
        return controller.state().liveNodes().stream()
                .map(node -> answer(ProxyStatus.proxyOf(node), new Outcome.Unchanged()))
                .sorted((a, b) -> a.proxy().compareTo(b.proxy()))
                .toList();
    }

    private static ProxyAnswer answer(String proxy, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Acked() -> new ProxyAnswer(proxy, "acked", Optional.empty());
            case Outcome.Unchanged() -> new ProxyAnswer(proxy, "unchanged", Optional.empty());
            case Outcome.Rejected(var rejections) ->
                new ProxyAnswer(
                        proxy,
                        "rejected",
                        Optional.of(rejections.stream().map(Object::toString).collect(Collectors.joining("; "))));
            case Outcome.TimedOut(String missing) -> new ProxyAnswer(proxy, "timeout", Optional.of(missing));
        };
    }
}
