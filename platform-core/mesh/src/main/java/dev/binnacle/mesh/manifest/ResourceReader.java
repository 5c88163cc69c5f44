package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.Pruner;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.ShapeChecker;
import dev.binnacle.mesh.yaml.YamlNode.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads one document as far as it goes: what is wrong in one place hides nothing in another. */
final class ResourceReader {
    /** What is concluded from something that is not there: not to be trusted where something was cut out. */
    private static final Set<String> OF_ABSENCE =
            Set.of(DiagnosticCode.MISSING_FIELD.id(), DiagnosticCode.NO_WEIGHT.id());

    private final ResourceKind kind;
    private final Header header;
    private final Problems problems = new Problems();

    private ResourceReader(ResourceKind kind, Header header) {
        this.kind = kind;
        this.header = header;
    }

    /**
     * A document as far as it could be read.
     *
     * @param resource empty when too little is left of it
     * @param broken the places of errors, below which nothing is known; none when the resource is valid
     */
    record Reading(Optional<? extends Resource> resource, Set<String> broken, List<Diagnostic> diagnostics) {
        boolean isValid() {
            return broken.isEmpty();
        }

        /** Tells whether a diagnostic about this resource may have no other cause than what is broken. */
        boolean isDoubtful(Diagnostic diagnostic) {
            return diagnostic.severity() != Severity.ERROR || isAbout(broken, diagnostic);
        }
    }

    static Reading read(ResourceKind kind, Header header, Section document) {
        return new ResourceReader(kind, header).read(document);
    }

    private Reading read(Section document) {
        var shape = HeaderReader.withEnvelope(kind.shape());
        new ShapeChecker(problems).check(document.node(), shape, document.place());
        var broken = broken(problems);
        var readable = broken.isEmpty()
                ? Optional.of(document.node())
                : new Pruner(broken).prune(document.node(), shape, document.place());
        var resource = readable.flatMap(rest -> rest(rest, document, broken));
        return new Reading(resource, broken(problems), problems.sorted());
    }

    private Optional<? extends Resource> rest(Mapping rest, Section document, Set<String> broken) {
        var found = new Problems();
        var resource = kind.reader().read(header, new Section(rest, document.place()), found);
        found.sorted().stream()
                .filter(diagnostic -> broken.isEmpty()
                        || diagnostic.severity() == Severity.ERROR
                                && !(OF_ABSENCE.contains(diagnostic.code()) && isAbout(broken, diagnostic)))
                .forEach(problems::add);
        return resource;
    }

    private static Set<String> broken(Problems problems) {
        return problems.sorted().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .map(Diagnostic::path)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Tells whether something broken is at the diagnostic's place or within. */
    private static boolean isAbout(Set<String> broken, Diagnostic diagnostic) {
        String path = diagnostic.path();
        return broken.stream()
                .anyMatch(place -> path.isEmpty()
                        || place.equals(path)
                        || place.startsWith(path + ".")
                        || place.startsWith(path + "["));
    }
}
