package dev.binnacle.mesh.diagnostic;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong, or worth a warning, in a manifest. Whatever the manifest holds, the texts are {@linkplain Inert inert}.
 *
 * @param code stable identifier, {@code BNC-nnn}; every code has a page in {@code docs/diagnostics/}
 * @param severity how much it matters
 * @param message what is wrong, with the offending value
 * @param fix what to do about it
 * @param file the manifest file as the user named it
 * @param line the line in the file, counted from 1; 0 when the whole file is meant
 * @param resource the resource, when the document got far enough to have a name
 * @param path the field, for example {@code spec.http[0].route[1].weight}; empty for the whole resource
 */
public record Diagnostic(
        String code,
        Severity severity,
        String message,
        String fix,
        String file,
        int line,
        @Nullable ResourceRef resource,
        String path) {
    public Diagnostic {
        message = Inert.shortened(message);
        fix = Inert.shortened(fix);
        path = Inert.text(path);
    }

    /** Returns {@code file:line CODE Kind ns/name path: message. fix} as one line. */
    @Override
    public String toString() {
        var text = new StringBuilder(Inert.text(file));
        if (line > 0) {
            text.append(':').append(line);
        }
        text.append(' ').append(code);
        if (resource != null) {
            text.append(' ').append(resource);
        }
        if (!path.isEmpty()) {
            text.append(' ').append(path);
        }
        text.append(": ").append(message);
        return fix.isEmpty() ? text.toString() : text.append(". ").append(fix).toString();
    }
}
