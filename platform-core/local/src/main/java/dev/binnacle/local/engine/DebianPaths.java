package dev.binnacle.local.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;

/**
 * Makes a program of a Debian package find its files where the package was unpacked.
 *
 * <p>Debian's Alertmanager and Pushgateway have the path of their templates built in and no flag for it. The path is replaced by a
 * relative one of the same length, {@code usr//share} for {@code /usr/share}, so they have to be started in the folder they were
 * unpacked to.
 */
final class DebianPaths {
    private static final byte[] ABSOLUTE = "/usr/share/prometheus/".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] RELATIVE = "usr//share/prometheus/".getBytes(StandardCharsets.US_ASCII);

    /** Prometheus has a flag for its pages and is left as it is. */
    private static final Set<EngineKind> BUILT_IN = Set.of(EngineKind.ALERTMANAGER, EngineKind.PUSHGATEWAY);

    private DebianPaths() {}

    /** Changes the program where it needs that; returns whether it did. */
    static boolean makeRelative(Path program, EngineKind kind) throws IOException {
        if (!BUILT_IN.contains(kind)) {
            return false;
        }
        byte[] bytes = Files.readAllBytes(program);
        int changed = 0;
        for (int at = 0; at + ABSOLUTE.length <= bytes.length; at++) {
            if (Arrays.equals(bytes, at, at + ABSOLUTE.length, ABSOLUTE, 0, ABSOLUTE.length)) {
                System.arraycopy(RELATIVE, 0, bytes, at, RELATIVE.length);
                changed++;
            }
        }
        if (changed > 0) {
            Files.write(program, bytes);
        }
        return changed > 0;
    }
}
