package dev.binnacle.mesh.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Inert;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.yaml.YamlParser;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A document that is no good costs itself: the one behind it stays in force, and a diagnostic says where and why. */
class HostileYamlTest {
    private static final String GOOD = """
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: good}
            """;

    static Stream<Arguments> attacks() {
        return Stream.of(
                attack("a NUL", "a: b\nc: \"d\u0000\"", "BNC-101", 2, "U+0000"),
                attack("half a surrogate", "a: \ud800", "BNC-101", 1, "U+D800"),
                attack("a tab for indentation", "a:\n\tb: c", "BNC-101", 2, "TAB"),
                attack("half a file", "apiVersion: v1\nkind: Service\nmetadata: {name: x, lab", "BNC-101", 4, "line 3"),
                attack("a tag of Java", "a: !!java.net.URL [x]", "BNC-101", 1, "java.net.URL"),
                attack("a tag of one's own on a mapping", "!mine\na: b", "BNC-101", 1, "!mine"),
                attack("a tag of one's own on a list", "a: !mine [b]", "BNC-101", 1, "!mine"),
                attack("binary", "a: !!binary aGk=", "BNC-101", 1, "binary"),
                attack("an alias of nothing", "a: *b", "BNC-101", 1, "undefined alias"),
                attack("an alias within itself", "a: &a [*a]", "BNC-102", 1, "contains itself"),
                attack("a thousand million laughs", laughs(), "BNC-102", 1, "aliases"),
                attack("aliases as deep as the stack", deepAliases(), "BNC-102", 2, "nested"),
                attack("deep nesting", "a: " + "[".repeat(100_000), "BNC-102", 1, "nested"),
                attack("a key twice", "a: 1\nb: 2\na: 3", "BNC-103", 3, "line 1"),
                attack("a text", "hello", "BNC-104", 1, "hello"),
                attack("an item that is none", "apiVersion: v1\nkind: List\nitems:\n- 5", "BNC-104", 4, "number 5"),
                attack("a List without items", "apiVersion: v1\nkind: List", "BNC-104", 1, "items"),
                attack(
                        "a List whose items are none",
                        "apiVersion: v1\nkind: List\nitems: {a: b}",
                        "BNC-104",
                        3,
                        "mapping"),
                attack(
                        "an item without a kind",
                        "apiVersion: v1\nkind: PodList\nitems: [{a: b}]",
                        "BNC-104",
                        3,
                        "kind"));
    }

    private static Arguments attack(String name, String text, String code, int line, String says) {
        return Arguments.of(name, text, code, line, says);
    }

    private static String laughs() {
        var text = new StringBuilder("a: &a [x, x]\n");
        for (char c = 'b'; c < 'k'; c++) {
            text.append(c).append(": &").append(c).append(" [").append(("*" + (char) (c - 1) + ", ").repeat(9));
            text.append("x]\n");
        }
        return text.toString();
    }

    private static String deepAliases() {
        var text = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 50; i++) {
            text.append("a%d: &a%d %s*a%d%s\n".formatted(i, i, "[".repeat(55), i - 1, "]".repeat(55)));
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    void costsItselfOnly(String name, String text, String code, int line, String says) {
        var files = List.of(new ManifestFile("f.yaml", text + "\n" + GOOD));

        assertThat(Translation.read(files).value().resources())
                .extracting(Resource::ref)
                .hasToString("[ServiceAccount default/good]");
        assertThat(Translation.check(files)).anySatisfy(diagnostic -> {
            assertThat(diagnostic.code()).isEqualTo(code);
            assertThat(diagnostic.line()).isEqualTo(line);
            assertThat(diagnostic.message()).contains(says);
            assertThat(diagnostic.fix()).isNotBlank();
        });
    }

    @Test
    void aFileThatIsTooLargeIsNotRead() {
        var file = new ManifestFile("f.yaml", "# " + "x".repeat(YamlParser.MAX_CHARACTERS) + GOOD);

        assertThat(Translation.check(List.of(file)))
                .singleElement()
                .satisfies(d -> assertThat(d.code()).isEqualTo("BNC-102"));
    }

    @Test
    void byteOrderMarksAndForeignLineEndsAreNoMistakes() {
        String text = "\uFEFF" + GOOD.replace("\n", "\r\n") + "---\r\n\uFEFF"
                + GOOD.substring(4).replace("good", "too");

        assertThat(Translation.check(List.of(new ManifestFile("f.yaml", text)))).isEmpty();
        assertThat(Translation.read(List.of(new ManifestFile("f.yaml", text)))
                        .value()
                        .resources())
                .hasSize(2);
    }

    @Test
    void aListMayHoldListsAndTypedOnes() {
        String text = """
                {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: ServiceAccountList, items: [
                {apiVersion: v1, kind: ServiceAccount, metadata: {name: good}}]}]}
                """;

        assertThat(Translation.read(List.of(new ManifestFile("f.yaml", text)))
                        .value()
                        .resources())
                .hasSize(1);
    }

    @Test
    void aTypeWrittenBeforeAValueCounts() {
        String text = GOOD.replace("{name: good}", "{name: !!str 123, labels: {a: !!str true, b: !!str 1.10}}");

        assertThat(Translation.check(List.of(new ManifestFile("f.yaml", text)))).isEmpty();
    }

    @Test
    void namesThatWouldActOnATerminalAreShownAsText() {
        String text = """
                apiVersion: v1
                kind: Service
                metadata: {name: "a\\e[31mred\\nERROR fake.yaml:1 BNC-999", labels: {"\\u202Ekey": "v\\u009b"}}
                ---
                apiVersion: "x\\e]0;t\\a"
                kind: "K\\u2028\\u200b"
                metadata: {name: "\\e[2J"}
                """;

        var diagnostics = Translation.check(List.of(new ManifestFile("evil\u001b[31m\n.yaml", text)));

        assertThat(diagnostics)
                .isNotEmpty()
                .extracting(Diagnostic::toString)
                .allSatisfy(line -> assertThat(line.codePoints()).allMatch(Inert::isPlain));
        assertThat(diagnostics.toString()).contains("a\\u001b[31mred\\u000aERROR fake.yaml");
    }

    @Test
    void aVeryLongValueIsShortened() {
        var diagnostics =
                Translation.check(List.of(new ManifestFile("f.yaml", GOOD.replace("good", "A".repeat(100_000)))));

        assertThat(diagnostics)
                .singleElement()
                .satisfies(d -> assertThat(d.toString())
                        .hasSizeLessThan(2000)
                        .contains("more characters")
                        .endsWith("is not a name that Kubernetes accepts. Use lower-case letters, digits and dashes"));
    }

    @Test
    void aLetterOfAnotherAlphabetIsNamed() {
        var diagnostics = Translation.check(List.of(new ManifestFile("f.yaml", GOOD.replace("good", "g\u043Eod"))));

        assertThat(diagnostics)
                .singleElement()
                .satisfies(d -> assertThat(d.message()).contains("character 2 is CYRILLIC SMALL LETTER O, U+043E"));
    }

    @Test
    void aDeploymentWhosePodsCouldHaveNoFolderIsRefused() {
        String text = """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: NAME, namespace: default}
                spec:
                  selector: {matchLabels: {app: a}}
                  template:
                    metadata: {labels: {app: a}}
                    spec: {containers: [{name: a, image: b}]}
                """;
        assertThat(Translation.check(List.of(new ManifestFile("f.yaml", text.replace("NAME", "a".repeat(214))))))
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("longer than 220 characters"));
        assertThat(Translation.check(List.of(new ManifestFile("f.yaml", text.replace("NAME", "a".repeat(213))))))
                .isEmpty();
    }
}
