package dev.binnacle.plugin.generators.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class AlertsGeneratorTest {
    private static final Path CLONE = Path.of("../..");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\w+)");

    @Test
    void theCommittedFileIsWhatTheGeneratorWrites() throws Exception {
        assertThat(CLONE.resolve("prometheus/rules/mesh-alerts.yml"))
                .as("If the new output is right, run ./binnacle generate and review the diff")
                .content()
                .isEqualTo(generated(Map.of()));
    }

    @Test
    void theWarningAboutCertificatesIsASetting() throws Exception {
        assertThat(generated(Map.of("certificate-warning", "72h"))).contains("time() < 259200");
    }

    @Test
    void everyAlertHasARunbook() throws Exception {
        assertThat(alerts())
                .hasSizeGreaterThan(40)
                .allSatisfy(alert -> assertThat(CLONE.resolve("docs/runbooks/" + alert + ".md"))
                        .content()
                        .startsWith("# " + alert + "\n")
                        .contains("**Meaning.**", "**Impact.**", "**Look.**", "```promql", "**Mend.**"));
    }

    @Test
    void everyRunbookHasAnAlert() throws Exception {
        try (var files = Files.list(CLONE.resolve("docs/runbooks"))) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".md", "")))
                    .filteredOn(name -> !name.equals("README"))
                    .isSubsetOf(alerts());
        }
    }

    /** By a query for it, or by what promtool calls an alert's test: with something expected, and with nothing. */
    @Test
    void everyAlertIsSeenFiringAndSilent() throws Exception {
        String tests = tests();

        assertThat(alerts()).allSatisfy(alert -> {
            String named =
                    "(?s)(alertname: " + alert + "\\n|alertname=\"" + alert + "\"[^\\n]*\\n)\\s+eval_time: \\w+\\n\\s+";
            assertThat(Pattern.compile(named + "exp_(samples|alerts): \\[\\]\\n")
                            .matcher(tests)
                            .find())
                    .as("a test in which it is silent")
                    .isTrue();
            assertThat(Pattern.compile(named + "exp_(samples: \\[\\{labels|alerts:\\n)")
                            .matcher(tests)
                            .find())
                    .as("a test in which it fires")
                    .isTrue();
        });
    }

    private static List<String> alerts() throws Exception {
        return Stream.of(generated(Map.of()), Files.readString(CLONE.resolve("prometheus/rules/slo.yml")))
                .flatMap(text -> ALERT.matcher(text).results())
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    private static String tests() throws IOException {
        var text = new StringBuilder();
        for (String file : List.of("mesh-alerts", "certificates", "slo")) {
            text.append(Files.readString(CLONE.resolve("prometheus/tests/" + file + ".yml")));
        }
        return text.toString();
    }

    private static String generated(Map<String, String> settings) throws Exception {
        var factory = new AlertsGeneratorFactory();
        try (var context = TestContext.of(factory, settings)) {
            return factory.create(context).generate(List.of()).getFirst().text();
        }
    }
}
