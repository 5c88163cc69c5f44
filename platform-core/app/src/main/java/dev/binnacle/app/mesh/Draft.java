package dev.binnacle.app.mesh;

import dev.binnacle.app.mesh.ChangeOutcome.Effect;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.ManifestDocuments.Document;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.OverlayKind;
import java.util.List;

/**
 * A change that was thought through but not made.
 *
 * @param overlay what would be written
 * @param effects what becomes of the resources it is about
 * @param problems what there is to say about the given files
 * @param before the mesh without it
 * @param after the mesh with it
 */
record Draft(ManifestFile overlay, List<Effect> effects, List<Diagnostic> problems, MeshState before, MeshState after) {

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
                ? new Draft(overlay, effects, problems, before, before)
                : of(overlay, effects, problems, before);
    }

    static Draft deleting(Deletion deletion, List<Diagnostic> problems, MeshController controller, MeshState before) {
        var overlay = controller.overlays().next(deletion.overlay(), deletion.text());
        return of(overlay, deletion.effects(), problems, before);
    }

    private static List<ResourceRef> namesOf(List<Document> documents) {
        return documents.stream().flatMap(d -> d.names().stream()).toList();
    }

    private static Draft of(ManifestFile overlay, List<Effect> effects, List<Diagnostic> problems, MeshState before) {
        var sources = before.sources().with(overlay);
        // New hosts will get their addresses from the launcher; whether the rest is right shows before that.
        var after = before.next(sources, read -> sources.numbered(read.hosts()));
        return new Draft(overlay, effects, problems, before, after);
    }

    /** Tells whether everything is as wanted already. */
    boolean empty() {
        return overlay.text().isEmpty();
    }

    /** Returns the errors that the mesh would have and has not now. */
    List<Diagnostic> newErrors() {
        var errors = NewProblems.between(before.diagnostics(), after.diagnostics());
        // What is wrong with the manifests themselves was accepted before anything was laid over them.
        return errors.isEmpty() || OverlayKind.of(overlay) != OverlayKind.RESTORE
                ? errors
                : NewProblems.between(
                        before.next(before.sources().withOverlays(List.of())).diagnostics(), errors);
    }
}
