package dev.binnacle.plugin.generators.slo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import dev.binnacle.spi.testkit.TestContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class SloGeneratorTest {
    private static final String OK = "{target: 0.99}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "catalog.shop | magic        | 28d | {target: 0.99}         | slo.yaml:8: spec.indicatorRef: there is no indicator 'magic'. Write one of availability, latency, grpc, tcp, client-perceived",
                "catalog.shop | availability | 28d | {target: 1}            | slo.yaml:11: spec.objectives[0].target: 100 % leaves no budget",
                "catalog.shop | availability | 28d | {targetPercent: 100}   | slo.yaml:11: spec.objectives[0].targetPercent: 100 % leaves no budget",
                "catalog.shop | availability | 28d | {target: 99}           | slo.yaml:11: spec.objectives[0].target: is no share of the events. Write target: 0.995",
                "catalog.shop | availability | 28d | {}                     | spec.objectives[0]: target is needed",
                "catalog.shop | availability | 28d | {target: many}         | slo.yaml:11: spec.objectives[0].target: 'many' is wrong: it is a number",
                "catalog.shop | availability | 14d | {target: 0.99}         | slo.yaml:9: spec.timeWindow[0].duration: there is no budget for such a window",
                "catalog.shop | latency      | 28d | {target: 0.99, value: 300} | slo.yaml:11: spec.objectives[0].value: 300 ms is no bound of Envoy's histogram, so nobody counts the answers up to it. Write 250 or 500",
                "catalog.shop | latency      | 28d | {target: 0.99, value: 9e9} | Write 3600000",
                "catalog.shop | latency      | 28d | {target: 0.99, value: 250, op: gt} | Write op: lte",
                "catalog.shop | availability | 28d | {target: 0.99, value: 250} | only a latency has one",
                "catalog.shop | availability | 28d | {target: 0.99, color: red} | slo.yaml:11: spec.objectives[0].color: is not supported",
                "cart         | availability | 28d | {target: 0.99}         | slo.yaml:7: spec.service: no Service and no ServiceEntry among the manifests is called 'cart'. Write one of api.partner.example, catalog.shop",
                "catalog      | availability | 28d | {target: 0.99}         | is called 'catalog'",
            })
    void aMistakeIsRefusedWithItsPlaceAndWhatToWrite(
            String service, String indicator, String window, String objective, String message) {
        var slo = Documents.slo("a", "", service, indicator, window, objective);

        assertThatThrownBy(() -> generate(Documents.SHOP, slo))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "binnacle.dev/version: v9 | slo.yaml:5: metadata.annotations.binnacle.dev/version: no pods of catalog.shop.svc.cluster.local have the version 'v9'. There are v1",
                "binnacle.dev/per: request_path | a budget for each 'request_path' may be any number of budgets",
                "binnacle.dev/route: cart | no Telemetry has an override with the tag request_operation",
                "binnacle.dev/colour: red | is not supported",
            })
    void anAnnotationThatCannotBeIsRefused(String annotation, String message) {
        assertThatThrownBy(() -> generate(Documents.with("a", annotation, "availability", OK)))
                .isInstanceOf(GenerationException.class)
                .hasMessageContaining(message);
    }

    @Test
    void everyMistakeIsToldAtOnce() {
        var first = Documents.slo("a", "", "cart", "magic", "1d", "{target: 1}");
        var second = new SourceFile("z.yaml", "apiVersion: openslo/v1\nkind: AlertPolicy\n");

        assertThatThrownBy(() -> generate(first, second))
                .hasMessageContainingAll("slo.yaml:7:", "slo.yaml:8:", "slo.yaml:9:", "slo.yaml:11:")
                .hasMessageContaining("z.yaml:2: kind: openslo/v1 AlertPolicy is not read");
    }

    @Test
    void twoOfOneNameAreRefused() {
        var one = Documents.slo("a", "", "catalog.shop", "availability", "28d", OK);

        assertThatThrownBy(() -> generate(Documents.SHOP, one, new SourceFile("slo2.yaml", one.text())))
                .hasMessageContaining(
                        "slo2.yaml:4: metadata.name: 'a' is the name of another SLO already, at slo.yaml:4. Give each its own");
    }

    @Test
    void anObjectiveIsSeventeenRules() throws Exception {
        assertThat(generate(Documents.with("a", "", "availability", OK)).lines())
                .filteredOn(line -> line.contains("- record: ") || line.contains("- alert: "))
                .hasSize(17);
    }

    @Test
    void aPaceThatNoTrafficReachesMakesNoAlert() throws Exception {
        String half = generate(Documents.with("a", "", "availability", "{target: 0.5}"));
        String most = generate(Documents.with("a", "", "availability", "{target: 0.9}"));

        assertThat(half)
                .doesNotContain("SloBurnsFast")
                .contains("SloBurnsSlowly", "No alert by 1h/5m, 6h/30m, 1d/2h: if everything");
        assertThat(most)
                .contains("SloBurnsFast", "> 0.56\n", "No alert by 1h/5m: if everything")
                .doesNotContain("> 1.3");
    }

    @Test
    void pacesFollowFromThePeriod() throws Exception {
        assertThat(List.of("7d", "28d", "30d"))
                .map(window -> generate(
                        Documents.SHOP,
                        Documents.slo("a", "", "catalog.shop", "availability", window, "{target: 0.999}")))
                .zipSatisfy(
                        List.of("> 0.01344\n", "> 0.01344\n", "> 0.0144\n"),
                        (text, threshold) -> assertThat(text).contains(threshold));
    }

    @Test
    void boundsAreThoseOfBothPrometheus() throws Exception {
        assertThat(generate(Documents.with("a", "", "latency", "{target: 0.99, op: lte, value: 250}")))
                .contains("le=~\"250(\\\\.0)?\"");
        assertThat(generate(Documents.with("a", "", "latency", "{target: 0.99, value: 0.5}")))
                .contains("le=~\"0\\\\.5\"");
    }

    @Test
    void titlesStayWhatTheyAre() throws Exception {
        var slo = new SourceFile("slo.yaml", """
                apiVersion: openslo/v1
                kind: SLO
                metadata:
                  name: a
                  displayName: "it's {{ $labels.x }} \\"$1\\"\\n# x"
                  labels: {team: "{{ .Values }}"}
                spec:
                  service: api.partner.example
                  indicatorRef: client-perceived
                  timeWindow: [{duration: 28d, isRolling: true}]
                  objectives: [{target: 0.99}]
                """);

        String text = generate(Documents.SHOP, slo);
        assertThat(text)
                .contains(
                        "# it's {{ $labels.x }} \"$1\" # x: client-perceived of api.partner.example, 99 % over 28 days.\n");
        assertThat(alert(text).toString())
                .contains("summary=it's {{ \"{{\" }} $labels.x }} \"$1\"\n# x: {{ $value")
                .contains("team={{ \"{{\" }} .Values }}");
    }

    /** The first alert as a reader of YAML sees it. */
    private static Object alert(String text) {
        Map<String, List<Map<String, List<Map<String, Object>>>>> file =
                new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return file.get("groups").getFirst().get("rules").stream()
                .filter(rule -> rule.containsKey("alert"))
                .findFirst()
                .orElseThrow();
    }

    private static String generate(List<SourceFile> manifests) throws Exception {
        return generate(manifests.toArray(SourceFile[]::new));
    }

    private static String generate(SourceFile... manifests) throws Exception {
        var factory = new SloGeneratorFactory();
        try (var context = TestContext.of(factory, Map.of())) {
            return factory.create(context)
                    .generate(Stream.of(manifests).toList())
                    .getFirst()
                    .text();
        }
    }
}
