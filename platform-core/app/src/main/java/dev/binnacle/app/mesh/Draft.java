package dev.binnacle.app.mesh;

import dev.binnacle.app.mesh.ChangeOutcome.Effect;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.OverlayKind;
import dev.binnacle.mesh.manifest.Overlays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A change that was thought through but not made.
 *
 * @param overlay what would be written
 * @param text how it came about
 * @param effects what becomes of the resources it is about
 * @param own what reading the given files said
 * @param reading what reading the overlay says, which is the same but for the places
 * @param before the mesh without it
 * @param after the mesh with it
 */
record Draft(
        ManifestFile overlay,
        OverlayText text,
        List<Effect> effects,
        List<Diagnostic> own,
        List<Diagnostic> reading,
        MeshState before,
        MeshState after) {

    static Draft applying(
            List<ManifestFile> files, List<ResourceRef> names, List<Diagnostic> own, MeshController controller) {
        var before = controller.state();
        var text = OverlayText.applying(
                before.sources().contents().with(before.sources().overlays()).changed(files));
        var overlay = controller.overlays().next(OverlayKind.APPLY, text.text());
        var effects = names.stream().map(Effect::applied).toList();
        // What says the same as what is there is left alone: its place in a file would look like a change to Envoy.
        return text.text().isEmpty()
                ? new Draft(overlay, text, effects, own, List.of(), before, before)
                : of(overlay, text, effects, own, before);
    }

    static Draft deleting(Deletion deletion, List<Diagnostic> own, MeshController controller, MeshState before) {
        var text = deletion.text();
        var overlay = controller.overlays().next(deletion.overlay(), text.text());
        return of(overlay, text, deletion.effects(), own, before);
    }

    private static Draft of(
            ManifestFile overlay, OverlayText text, List<Effect> effects, List<Diagnostic> own, MeshState before) {
        var sources = before.sources().with(overlay);
        var read = Overlays.laidOver(sources.base(), sources.overlays());
        // New hosts will get their addresses from the launcher; whether the rest is right shows before that.
        var after = MeshState.of(sources.numbered(read.value().hosts()), read);
        return new Draft(overlay, text, effects, own, reading(overlay), before, after);
    }

    /** Tells whether everything is as wanted already. */
    boolean empty() {
        return overlay.text().isEmpty();
    }

    /** Returns the errors that stand against making the change, with the places in the files as they were given. */
    List<Diagnostic> newErrors() {
        var brought = broughtErrors().stream().map(this::asGiven);
        var ownErrors = own.stream().filter(d -> d.severity() == Severity.ERROR);
        var errors = Stream.concat(ownErrors, brought).distinct().toList();
        if (!errors.isEmpty() || OverlayKind.of(overlay) != OverlayKind.APPLY) {
            return errors;
        }
        return reading.stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .map(this::asGiven)
                .toList();
    }

    private List<Diagnostic> broughtErrors() {
        if (OverlayKind.of(overlay) != OverlayKind.RESTORE) {
            return NewProblems.between(before.diagnostics(), consequences(), names());
        }
        var errors = NewProblems.between(before.diagnostics(), consequences(), List.of());
        // What is wrong with the manifests themselves was accepted before anything was laid over them.
        return errors.isEmpty()
                ? errors
                : NewProblems.between(
                        MeshState.of(before.sources().withOverlays(List.of())).diagnostics(), errors, List.of());
    }

    /** Returns what else there is to say about the resources of the change. */
    List<Diagnostic> remarks() {
        var names = Set.copyOf(names());
        var consequences = consequences().stream()
                .filter(d -> d.resource() != null && names.contains(d.resource()))
                .map(this::asGiven);
        return Stream.concat(own.stream(), consequences).distinct().toList();
    }

    private List<ResourceRef> names() {
        return effects.stream().map(Effect::resource).toList();
    }

    /** What translating says, and reading anything but the overlay. */
    private List<Diagnostic> consequences() {
        var known = Set.copyOf(reading);
        return after.diagnostics().stream().filter(d -> !known.contains(d)).toList();
    }

    private static List<Diagnostic> reading(ManifestFile overlay) {
        return OverlayKind.of(overlay) == OverlayKind.APPLY
                ? Translation.read(List.of(overlay)).diagnostics()
                : Overlays.names(List.of(overlay)).diagnostics();
    }

    private Diagnostic asGiven(Diagnostic diagnostic) {
        return diagnostic.file().equals(overlay.name()) ? text.asGiven(diagnostic) : diagnostic;
    }
}
