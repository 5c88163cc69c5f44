package dev.binnacle.mesh.diagnostic;

import java.util.List;

/**
 * What a stage of the translation produced, together with everything it had to say about the input.
 *
 * @param <T> the product
 */
public record Compiled<T>(T value, List<Diagnostic> diagnostics) {
    public Compiled {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Tells whether any diagnostic is an error. */
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }
}
