package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.diagnostic.Severity;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells the errors that a change brings from those that were there before. */
final class NewProblems {
    /** What makes two diagnostics the same problem, wherever in a file it stands by now. */
    private record Identity(String code, @Nullable ResourceRef resource, String path, String message) {
        static Identity of(Diagnostic diagnostic) {
            return new Identity(diagnostic.code(), diagnostic.resource(), diagnostic.path(), diagnostic.message());
        }
    }

    private NewProblems() {}

    /** Returns the errors of {@code after} that are not in {@code before}. */
    static List<Diagnostic> between(Collection<Diagnostic> before, Collection<Diagnostic> after) {
        Set<Identity> known = before.stream().map(Identity::of).collect(Collectors.toSet());
        return after.stream()
                .filter(d -> d.severity() == Severity.ERROR)
                .filter(d -> !known.contains(Identity.of(d)))
                .toList();
    }
}
