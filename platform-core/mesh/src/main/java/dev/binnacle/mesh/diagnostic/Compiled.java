package dev.binnacle.mesh.diagnostic;

import java.util.List;
import java.util.function.Function;

/**
 * What a stage of the translation produced, together with everything it had to say about the input.
 *
 * @param <T> the product
 */
public record Compiled<T>(T value, List<Diagnostic> diagnostics) {
    public Compiled {
        diagnostics = List.copyOf(diagnostics);
    }

    /** Returns what {@code next} makes of the product, with the same diagnostics. */
    public <R> Compiled<R> map(Function<? super T, R> next) {
        return new Compiled<>(next.apply(value), diagnostics);
    }

    /** Tells whether any diagnostic is an error. */
    public boolean hasErrors() {
        return diagnostics.stream().anyMatch(d -> d.severity() == Severity.ERROR);
    }
}
