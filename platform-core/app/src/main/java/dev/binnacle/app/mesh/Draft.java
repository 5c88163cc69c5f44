package dev.binnacle.app.mesh;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Overlays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A change that was thought through but not made.
 *
 * @param overlay what would be written
 * @param text how it came about
 * @param names the resources it is about
 * @param own what reading the given files said
 * @param reading what reading the overlay says, which is the same but for the places
 * @param before the mesh without it
 * @param after the mesh with it
 */
record Draft(
        ManifestFile overlay,
        OverlayText text,
        List<ResourceRef> names,
        List<Diagnostic> own,
        List<Diagnostic> reading,
        MeshState before,
        MeshState after) {

    static Draft applying(
            List<ManifestFile> files, List<ResourceRef> names, List<Diagnostic> own, MeshController controller) {
        var before = controller.state();
        var text = OverlayText.applying(
                before.sources().contents().with(before.sources().overlays()).changed(files));
        var overlay = controller.overlays().next(OverlayStore.Change.APPLY, text.text());
        // What says the same as what is there is left alone: its place in a file would look like a change to Envoy.
        return text.text().isEmpty()
                ? new Draft(overlay, text, names, own, List.of(), before, before)
                : of(overlay, text, names, own, before);
    }

    static Draft deleting(List<ResourceRef> names, List<Diagnostic> own, MeshController controller) {
        var text = OverlayText.deleting(names);
        var overlay = controller.overlays().next(OverlayStore.Change.DELETE, text.text());
        return of(overlay, text, names, own, controller.state());
    }

    private static Draft of(
            ManifestFile overlay, OverlayText text, List<ResourceRef> names, List<Diagnostic> own, MeshState before) {
        var sources = before.sources().with(overlay);
        var read = Overlays.laidOver(sources.base(), sources.overlays());
        // New hosts will get their addresses from the launcher; whether the rest is right shows before that.
        var after = MeshState.of(sources.numbered(read.value().hosts()), read);
        return new Draft(overlay, text, names, own, reading(overlay), before, after);
    }

    /** Tells whether everything is as wanted already. */
    boolean empty() {
        return overlay.text().isEmpty();
    }

    /** Returns the errors that stand against making the change, with the places in the files as they were given. */
    List<Diagnostic> newErrors() {
        var brought = NewProblems.between(before.diagnostics(), consequences(), names).stream()
                .map(this::asGiven);
        var ownErrors = own.stream().filter(d -> d.severity() == Severity.ERROR);
        var errors = Stream.concat(ownErrors, brought).distinct().toList();
        if (!errors.isEmpty() || Overlays.deletes(overlay)) {
            return errors;
        }
        return reading.stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .map(this::asGiven)
                .toList();
    }

    /** Returns what else there is to say about the resources of the change. */
    List<Diagnostic> remarks() {
        var consequences = consequences().stream()
                .filter(d -> d.resource() != null && names.contains(d.resource()))
                .map(this::asGiven);
        return Stream.concat(own.stream(), consequences).distinct().toList();
    }

    /** What translating says, and reading anything but the overlay. */
    private List<Diagnostic> consequences() {
        var known = Set.copyOf(reading);
        return after.diagnostics().stream().filter(d -> !known.contains(d)).toList();
    }

    private static List<Diagnostic> reading(ManifestFile overlay) {
        return Overlays.deletes(overlay)
                ? Overlays.names(List.of(overlay)).diagnostics()
                : Translation.read(List.of(overlay)).diagnostics();
    }

    private Diagnostic asGiven(Diagnostic diagnostic) {
        return diagnostic.file().equals(overlay.name()) ? text.asGiven(diagnostic) : diagnostic;
    }
}
