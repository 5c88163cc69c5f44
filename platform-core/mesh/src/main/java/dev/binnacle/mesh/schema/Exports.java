package dev.binnacle.mesh.schema;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The namespaces that see a resource, as its {@code exportTo} says.
 *
 * @param namespaces names, {@code *} for all of them; empty for nobody
 * @param words the same as written, {@code .} for the own namespace: Istio compares these
 */
public record Exports(Set<String> namespaces, Set<String> words) {
    /** Every namespace sees it: Istio's default. */
    public static final Exports EVERYONE = new Exports(Set.of("*"));

    /** No namespace sees it. */
    public static final Exports NOBODY = new Exports(Set.of());

    private static final String NONE = "~";

    public Exports {
        namespaces = Set.copyOf(namespaces);
        words = Set.copyOf(words);
    }

    private Exports(Set<String> namespaces) {
        this(namespaces, namespaces);
    }

    /** Returns what {@code .} means in {@code namespace}. */
    public static Exports toItself(String namespace) {
        return new Exports(Set.of(namespace), Set.of("."));
    }

    /** Returns exports to one namespace. */
    public static Exports only(String namespace) {
        return new Exports(Set.of(namespace));
    }

    /** Tells whether pods of {@code namespace} see the resource. */
    public boolean to(String namespace) {
        return namespaces.contains("*") || namespaces.contains(namespace);
    }

    /** Tells whether pods of {@code namespace} see it and nobody else. */
    public boolean onlyTo(String namespace) {
        return namespaces.equals(Set.of(namespace));
    }

    /** Tells whether all see it. */
    public boolean toEveryone() {
        return namespaces.contains("*");
    }

    /**
     * Reads words as they are written in a resource of namespace {@code own}: names, {@code .} for the own namespace,
     * {@code *} for all, and {@code ~} for none where {@code mayHide}. What Istio refuses is reported.
     */
    public static Exports read(List<Placed> words, String own, boolean mayHide, Problems problems) {
        var result = new TreeSet<String>();
        for (var word : words) {
            String namespace = word.text().equals(".") ? own : word.text();
            boolean known = namespace.equals("*")
                    || LabelSyntax.isLabel(namespace.toLowerCase(Locale.ROOT))
                    || mayHide && namespace.equals(NONE);
            if (!known) {
                bad(word, "\"" + namespace + "\" is not a namespace", "Write a namespace's name, . or *", problems);
            } else if (!result.add(namespace)) {
                bad(word, "namespace " + namespace + " is named twice", "Remove one of the two", problems);
            }
        }
        if (result.size() > 1 && (result.contains("*") || result.contains(NONE))) {
            var alone = result.contains("*") ? "*" : NONE;
            bad(words.getFirst(), "\"" + alone + "\" goes with no other namespace", "Keep one of them", problems);
        }
        result.remove(NONE);
        return result.isEmpty()
                ? NOBODY
                : new Exports(result, words.stream().map(Placed::text).collect(Collectors.toUnmodifiableSet()));
    }

    private static void bad(Placed word, String message, String fix, Problems problems) {
        problems.add(DiagnosticCode.BAD_VALUE, word.place(), message, fix);
    }
}
