package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.yaml.YamlParser;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which files of a folder are manifests, and what is said of those that cannot be read. It asks no file system. */
public final class ManifestNames {
    /** The size of a file that surely exceeds {@link YamlParser#MAX_CHARACTERS} and need not be read. */
    public static final long MOST_BYTES = 4L * YamlParser.MAX_CHARACTERS;

    private static final List<String> NOT_RESOURCES = List.of("values", "kustomization.", "chart.", ".");
    private static final Set<String> NOT_LOOKED_INTO = Set.of("scenarios", "helm", "target", "node_modules");

    private ManifestNames() {}

    /**
     * Tells whether a file with this name holds resources: values of Helm, settings of Kustomize and hidden files do not,
     * nor does {@code .yml}, which is how configurations of engines are called here.
     */
    public static boolean isManifest(String file) {
        String name = file.toLowerCase(Locale.ROOT);
        return name.endsWith(".yaml") && NOT_RESOURCES.stream().noneMatch(name::startsWith);
    }

    /**
     * Tells whether the manifests of an instance may be in a folder with this name, which is within one of its folders:
     * scenarios are applied one at a time, and charts are rendered first.
     */
    public static boolean isLookedInto(String folder) {
        return !NOT_LOOKED_INTO.contains(folder) && !folder.startsWith(".");
    }

    /** Returns what to say of a file or folder that cannot be read. */
    public static Diagnostic unreadable(String file, String why, String fix) {
        return new Diagnostic(
                DiagnosticCode.UNREADABLE.id(), DiagnosticCode.UNREADABLE.severity(), why, fix, file, 0, null, "");
    }
}
