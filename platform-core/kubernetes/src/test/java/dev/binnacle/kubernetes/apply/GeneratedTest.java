package dev.binnacle.kubernetes.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.generate.ConfigGenerator;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GeneratedTest {
    private static final String RULES = """
            groups:
            - name: a
              rules:
              - alert: A
                expr: 'up{name="x\\\\"y$"} == 0'
                labels: {severity: page}
            """;

    @Test
    void aFileOfRulesBecomesAPrometheusRule() {
        var generated = of(Map.of("generator-a", files(new GeneratedFile("prometheus/rules/mesh-alerts.yml", RULES))));

        assertThat(generated.problems()).isEmpty();
        var object = generated.objects().getFirst();
        assertThat(object.id()).isEqualTo("PrometheusRule binnacle-mesh-alerts");
        assertThat(object.labels()).isEqualTo(Map.of("release", "prometheus"));
        assertThat(object.body().toString()).contains("up{name=\"x\\\\\"y$\"} == 0");
    }

    @Test
    void aDashboardBecomesAConfigMapThatTheSidecarOfGrafanaFinds() {
        var generated = of(Map.of(
                "generator-grafana",
                files(new GeneratedFile("grafana/dashboards/Mesh overview.json", "{\"a\": 1}\n"))));

        var object = generated.objects().getFirst();
        assertThat(object.name()).matches("binnacle-dashboard-mesh-overview-[0-9a-f]{8}");
        assertThat(object.labels()).containsEntry("grafana_dashboard", "1");
        assertThat(object.body()).isEqualTo(Map.of("data", Map.of("Mesh-overview.json", "{\"a\": 1}\n")));
    }

    @Test
    void whatIsForPeopleAndForPrometheusItselfStaysAFile() {
        var generated = of(Map.of(
                "generator-a",
                files(
                        new GeneratedFile("prometheus/tests/a.yml", RULES),
                        new GeneratedFile("prometheus/kubernetes/prometheus.yml", "scrape_configs: []\n"),
                        new GeneratedFile("docs/runbooks/a.md", "text\n"))));

        assertThat(generated.objects()).isEmpty();
        assertThat(generated.problems()).isEmpty();
    }

    @Test
    void aLargeFileOfRulesBecomesSeveralObjectsOfWholeGroups() {
        String group = "- name: g%d\n  rules:\n  - record: a\n    expr: '" + "x".repeat(100_000) + "'\n";
        String text =
                "groups:\n" + IntStream.range(0, 10).mapToObj(group::formatted).collect(Collectors.joining());
        var generated = of(Map.of("generator-slo", files(new GeneratedFile("prometheus/rules/slo.yml", text))));

        assertThat(generated.objects())
                .extracting(GeneratedObject::name)
                .containsExactly("binnacle-slo", "binnacle-slo-2", "binnacle-slo-3");
        assertThat(generated.objects())
                .flatExtracting(object -> groups(object))
                .extracting(each -> String.valueOf(((Map<?, ?>) each).get("name")))
                .containsExactlyElementsOf(
                        IntStream.range(0, 10).mapToObj(i -> "g" + i).toList());
    }

    @Test
    void whatIsTooLargeIsNamedAndTheRestIsThere() {
        String text = "groups:\n- {name: small, rules: []}\n- name: huge\n  rules: [{record: a, expr: '"
                + "x".repeat(RuleObjects.MOST_BYTES) + "'}]\n";
        var generated = of(Map.of(
                "generator-a",
                files(
                        new GeneratedFile("prometheus/rules/a.yml", text),
                        new GeneratedFile(
                                "grafana/dashboards/b.json",
                                "\"" + "x".repeat(DashboardObjects.MOST_BYTES) + "\"\n"))));

        assertThat(generated.objects()).extracting(GeneratedObject::name).containsExactly("binnacle-a");
        assertThat(generated.problems())
                .anySatisfy(problem -> assertThat(problem).contains("prometheus/rules/a.yml: the group huge has"))
                .anySatisfy(problem -> assertThat(problem).contains("grafana/dashboards/b.json has"));
    }

    @Test
    void aGeneratorWithoutAnAnswerHidesNoOther() {
        ConfigGenerator failing = sources -> {
            throw new GenerationException("ConfigMap shop/objectives a.yaml:3 spec.target: 100 % cannot be kept", null);
        };
        var generated = of(Map.of(
                "generator-a", files(new GeneratedFile("prometheus/rules/a.yml", RULES)), "generator-slo", failing));

        assertThat(generated.answered()).containsExactly("generator-a");
        assertThat(generated.objects()).hasSize(1);
        assertThat(generated.problems())
                .containsExactly("generator-slo: ConfigMap shop/objectives a.yaml:3 spec.target: 100 % cannot be kept");
    }

    @Test
    void twoGeneratorsOfOneObjectAreNamed() {
        var generated = of(Map.of(
                "generator-a", files(new GeneratedFile("prometheus/rules/a.yml", RULES)),
                "generator-b", files(new GeneratedFile("prometheus/rules/a.yml", RULES))));

        assertThat(generated.objects()).hasSize(1);
        assertThat(generated.problems())
                .containsExactly("generator-b: PrometheusRule binnacle-a is made by generator-a already");
    }

    @Test
    void namesAreThoseOfKubernetesAndDifferWhereFilesDo() {
        var names =
                List.of("a.yml", "A.yml", "a b.yml", "a-b.yml", "ü.yml", "x".repeat(300) + ".yml", "--.yml").stream()
                        .map(ObjectNames::of)
                        .toList();

        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9]([-a-z0-9]{0,251}[a-z0-9])?"));
        assertThat(names).contains("binnacle-a", "binnacle-a-b");
    }

    private static List<?> groups(GeneratedObject object) {
        return (List<?>) ((Map<?, ?>) object.body().get("spec")).get("groups");
    }

    private static ConfigGenerator files(GeneratedFile... files) {
        return sources -> List.of(files);
    }

    private static Generated of(Map<String, ConfigGenerator> generators) {
        return Generated.of(new TreeMap<>(generators), List.of(), Map.of("release", "prometheus"));
    }
}
