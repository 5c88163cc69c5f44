package dev.binnacle.app.mesh;

import dev.binnacle.app.mesh.ChangeOutcome.Effect;
import dev.binnacle.app.mesh.ChangeOutcome.Fate;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.ManifestDocuments.Document;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.OverlayKind;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A change that was thought through but not made.
 *
 * @param overlays what would be written, in order; none when everything is as wanted already
 * @param effects what becomes of the resources it is about
 * @param problems what there is to say about the given files
 * @param before the mesh without it
 * @param after the mesh with it
 */
record Draft(
        List<ManifestFile> overlays,
        List<Effect> effects,
        List<Diagnostic> problems,
        MeshState before,
        MeshState after) {

    /** What says nothing but what the manifests say brings theirs back. */
    static Draft applying(
            List<ManifestFile> files,
            List<ResourceRef> names,
            List<Diagnostic> problems,
            MeshController controller,
            MeshState before) {
        var base = before.sources().contents();
        var changed = base.with(before.sources().overlays()).changed(files);
        var overlay = !changed.isEmpty() && base.changed(files).isEmpty()
                ? controller.overlays().next(OverlayKind.RESTORE, OverlayText.restoring(namesOf(changed)))
                : controller.overlays().next(OverlayKind.APPLY, OverlayText.applying(changed));
        var effects = names.stream().map(Effect::applied).toList();
        // What says the same as what is there is left alone: its place in a file would look like a change to Envoy.
        return changed.isEmpty()
                ? new Draft(List.of(), effects, problems, before, before)
                : of(List.of(overlay), effects, problems, before);
    }

    static Draft deleting(Deletion deletion, List<Diagnostic> problems, MeshController controller, MeshState before) {
        var overlay = controller.overlays().next(deletion.overlay(), deletion.text());
        return of(List.of(overlay), deletion.effects(), problems, before);
    }

    /** What was applied once is written anew; what the manifests say, or nobody, is only named. */
    static Draft undoing(List<Touched> changed, MeshController controller, MeshState before) {
        var base = before.sources().contents();
        var origins = before.sources().base().value().resources().stream()
                .collect(Collectors.toMap(Resource::ref, Resource::origin));
        var effects = new ArrayList<Effect>();
        var restored = new ArrayList<ResourceRef>();
        var deleted = new ArrayList<ResourceRef>();
        var applied = new ArrayList<String>();
        for (var one : changed) {
            var name = one.resource();
            var origin = Optional.ofNullable(origins.get(name));
            if (one.before().equals(base.resource(name))) {
                restored.add(name);
                effects.add(new Effect(name, one.before().isPresent() ? Fate.RESTORED : Fate.DELETED, origin));
            } else if (one.before().isEmpty()) {
                deleted.add(name);
                effects.add(new Effect(name, Fate.DELETED, origin));
            } else {
                applied.add(YamlWriter.write(one.before().get()));
                effects.add(Effect.applied(name));
            }
        }
        var overlays = new ArrayList<ManifestFile>();
        add(overlays, OverlayKind.RESTORE, restored.isEmpty() ? "" : OverlayText.restoring(restored), controller);
        add(overlays, OverlayKind.DELETE, deleted.isEmpty() ? "" : OverlayText.deleting(deleted), controller);
        add(overlays, OverlayKind.APPLY, applied.isEmpty() ? "" : "---\n" + String.join("---\n", applied), controller);
        return of(overlays, effects, List.of(), before);
    }

    private static void add(List<ManifestFile> to, OverlayKind kind, String text, MeshController controller) {
        if (!text.isEmpty()) {
            to.add(controller.overlays().next(kind, text, to));
        }
    }

    private static List<ResourceRef> namesOf(List<Document> documents) {
        return documents.stream().flatMap(d -> d.names().stream()).toList();
    }

    private static Draft of(
            List<ManifestFile> overlays, List<Effect> effects, List<Diagnostic> problems, MeshState before) {
        var sources = before.sources().with(overlays);
        // New hosts will get their addresses from the launcher; whether the rest is right shows before that.
        var after = before.next(sources, read -> sources.numbered(read.hosts()));
        return new Draft(overlays, effects, problems, before, after);
    }

    /** Tells whether everything is as wanted already. */
    boolean empty() {
        return overlays.isEmpty();
    }

    /** Returns the errors that the mesh would have and has not now. */
    List<Diagnostic> newErrors() {
        var errors = NewProblems.between(before.diagnostics(), after.diagnostics());
        // What is wrong with the manifests themselves was accepted before anything was laid over them.
        return errors.isEmpty() || overlays.stream().anyMatch(overlay -> OverlayKind.of(overlay) != OverlayKind.RESTORE)
                ? errors
                : NewProblems.between(
                        before.next(before.sources().withOverlays(List.of())).diagnostics(), errors);
    }
}
