package dev.binnacle.mesh.ir;

/**
 * Where something was written.
 *
 * @param file the manifest file as its user named it
 * @param line counted from 1; 0 when the whole file is meant
 */
public record Origin(String file, int line) {
    /** Belongs to what no manifest asked for: Istio's defaults and the platform's own listeners. */
    public static final Origin DEFAULT = new Origin("default", 0);

    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
