package dev.binnacle.mesh.diagnostic;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects diagnostics while a stage runs, so that one run shows every problem. Not thread-safe. */
public final class Problems {
    private static final Comparator<Diagnostic> ORDER = Comparator.comparing(Diagnostic::file)
            .thenComparingInt(Diagnostic::line)
            .thenComparing(Diagnostic::code)
            .thenComparing(Diagnostic::path)
            .thenComparing(Diagnostic::message);

    private final List<Diagnostic> found = new ArrayList<>();
    private int errors;

    /** Adds a problem with the code's own severity. */
    public void add(DiagnosticCode code, Place at, String message, String fix) {
        add(new Diagnostic(
                code.id(),
                code.severity(),
                message,
                fix,
                at.origin().file(),
                at.origin().line(),
                at.resource(),
                at.path()));
    }

    /** Adds what another stage found. */
    public void add(Diagnostic diagnostic) {
        found.add(diagnostic);
        errors += diagnostic.severity() == Severity.ERROR ? 1 : 0;
    }

    /** Adds what another stage found. */
    public void addAll(List<Diagnostic> diagnostics) {
        diagnostics.forEach(this::add);
    }

    /** Tells how many errors were found so far; the difference of two calls tells whether a step failed. */
    public int errors() {
        return errors;
    }

    /** Returns everything found, each problem once, in the order of file and line. */
    public List<Diagnostic> sorted() {
        return found.stream().distinct().sorted(ORDER).toList();
    }
}
