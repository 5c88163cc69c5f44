package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is documented as supported has been seen to work: each field has a case, or a reason why it has none. */
class EveryFieldIsExecutedTest {
    private static final Path SUPPORT = Path.of("../../docs/istio-support.md");
    private static final Path EXCEPTIONS = Path.of("src/test/resources/executed/without-case.txt");
    private static final Path CLASSES = Path.of("target/test-classes/dev/binnacle/e2e/executed");

    @Test
    void everySupportedFieldHasACaseOrAReason() throws IOException, ClassNotFoundException {
        var supported = Coverage.supported(Files.readAllLines(SUPPORT).stream());
        var executed = cases().stream()
                .flatMap(test -> Coverage.declared(test).stream())
                .toList();
        var without = Coverage.without(supported, executed);
        System.out.printf(
                "%d of %d supported routing fields are executed end to end%n",
                supported.size() - without.size(), supported.size());

        assertThat(executed).as("what cases execute is documented").allMatch(supported::contains);
        assertThat(without)
                .as("fields without a case; write one, or give a reason in %s", EXCEPTIONS)
                .isEqualTo(exceptions());
    }

    @Test
    void aFieldWithoutACaseIsFound() {
        var supported = Set.copyOf(FieldName.parse("VirtualService spec.http[].{timeout,rewrite,rewrite.uri}"));
        var executed = FieldName.parse("VirtualService spec.http[].rewrite.uri");

        assertThat(Coverage.without(supported, executed))
                .containsExactly(new FieldName("VirtualService", "spec.http[].timeout"));
    }

    @Test
    void aPolicyIsExecutedAtEachPlaceAndEachFieldOfItAtOne() {
        String tls = "spec.subsets[].trafficPolicy.tls";
        var supported = Set.copyOf(
                FieldName.parse("DestinationRule {spec.trafficPolicy,spec.subsets[].trafficPolicy}.tls.{mode,sni}"));

        assertThat(Coverage.without(supported, FieldName.parse("DestinationRule spec.trafficPolicy.tls.{mode,sni}")))
                .containsExactlyElementsOf(FieldName.parse("DestinationRule " + tls + ".{mode,sni}"));
        assertThat(Coverage.without(
                        supported,
                        FieldName.parse("DestinationRule {spec.trafficPolicy.tls.mode,spec.trafficPolicy.tls.sni," + tls
                                + ".mode}")))
                .isEmpty();
    }

    /** All methods of the classes with cases. */
    private static List<Method> cases() throws IOException, ClassNotFoundException {
        var result = new TreeMap<String, Method>();
        try (var files = Files.list(CLASSES)) {
            for (Path file :
                    files.filter(f -> f.toString().endsWith("IT.class")).toList()) {
                String name = file.getFileName().toString().replace(".class", "");
                for (Method method : Class.forName(Executes.class.getPackageName() + "." + name)
                        .getDeclaredMethods()) {
                    result.put(name + "." + method.getName(), method);
                }
            }
        }
        return List.copyOf(result.values());
    }

    /** Lines {@code Kind field: reason}. */
    private static Set<FieldName> exceptions() throws IOException {
        var result = new TreeSet<FieldName>();
        try (Stream<String> lines = Files.lines(EXCEPTIONS)) {
            for (String line :
                    lines.filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
                int colon = line.indexOf(": ");
                assertThat(colon).as("a reason in: " + line).isPositive();
                result.addAll(FieldName.parse(line.substring(0, colon)));
            }
        }
        return result;
    }
}
