package dev.binnacle.mesh.manifest;

import java.util.Arrays;
import java.util.Locale;

/** What an overlay does; the end of its file's name tells. */
public enum OverlayKind {
    /** Its resources take the place of those of the same name. */
    APPLY,
    /** The resources it names are gone. */
    DELETE,
    /** The resources it names are again what the manifests say: theirs, or none. */
    RESTORE;

    /** Returns what {@code overlay} does; a file that says nothing of the kind holds resources. */
    public static OverlayKind of(ManifestFile overlay) {
        return Arrays.stream(values())
                .filter(kind -> overlay.name().endsWith(kind.suffix()))
                .findFirst()
                .orElse(APPLY);
    }

    /** Returns how the names of such files end. */
    public String suffix() {
        return "-" + name().toLowerCase(Locale.ROOT) + ".yaml";
    }
}
