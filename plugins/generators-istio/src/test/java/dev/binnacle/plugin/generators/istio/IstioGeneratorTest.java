package dev.binnacle.plugin.generators.istio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.spi.generate.GeneratedFile;
import dev.binnacle.spi.generate.GenerationException;
import dev.binnacle.spi.generate.SourceFile;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IstioGeneratorTest {
    private static final boolean UPDATE = Boolean.getBoolean("golden.update") && System.getenv("CI") == null;

    private static List<GeneratedFile> generate(List<SourceFile> files) throws GenerationException {
        return new IstioGenerator().generate(files);
    }

    private static String document(String kind, String spec) {
        return """
                apiVersion: generate.binnacle.dev/v1
                kind: %s
                metadata: {name: it}
                spec: %s
                """.formatted(kind, spec);
    }

    private static void assertRefused(String kind, String spec, String... words) {
        assertThatThrownBy(() -> generate(Shop.with("wanted.yaml", document(kind, spec))))
                .isInstanceOf(GenerationException.class)
                .satisfies(refused -> assertThat(refused.getMessage()).contains(words));
    }

    @Test
    void theResourcesAreThoseExpected() throws Exception {
        for (var file : generate(Shop.with("wanted.yaml", Shop.read("wanted.yaml")))) {
            var expected = Shop.FOLDER.resolve("expected").resolve(file.path().replace("istio/generated/", ""));
            if (UPDATE) {
                Files.createDirectories(expected.getParent());
                Files.writeString(expected, file.text());
            }
            assertThat(file.text())
                    .as("%s. If the new one is right, run with -Dgolden.update=true and read the difference", expected)
                    .isEqualTo(Files.readString(expected));
        }
    }

    @Test
    void thePlatformHasNothingToSayAgainstThem() throws Exception {
        var files = new ArrayList<ManifestFile>();
        files.add(new ManifestFile("mesh.yaml", Shop.read("mesh.yaml")));
        files.add(new ManifestFile("wanted.yaml", Shop.read("wanted.yaml")));
        generate(Shop.with("wanted.yaml", Shop.read("wanted.yaml")))
                .forEach(file -> files.add(new ManifestFile(file.path(), file.text())));

        // The gateway's certificate is on no machine but its own.
        assertThat(Translation.check(files))
                .filteredOn(diagnostic -> diagnostic.file().startsWith("istio/generated/"))
                .extracting(Diagnostic::code)
                .containsExactly("BNC-404");
    }

    @Test
    void whatWasGeneratedBeforeIsNoInput() throws Exception {
        var files = new ArrayList<>(Shop.with("wanted.yaml", Shop.read("wanted.yaml")));
        var once = generate(files);
        once.forEach(file -> files.add(new SourceFile(file.path(), file.text())));

        assertThat(generate(files)).isEqualTo(once);
    }

    @Test
    void whoWantsNothingGetsNothing() throws Exception {
        assertThat(generate(List.of(new SourceFile("mesh.yaml", Shop.read("mesh.yaml")))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {service: catalogue, versions: {v1: 100}}          | wanted.yaml:4: spec.service: | there are catalog, storefront
            {service: catalog, versions: {v1: 90, v3: 10}}     | wanted.yaml:4: spec.versions.v3: | There are v1, v2
            {service: catalog, versions: {v1: 90, v2: 20}}     | wanted.yaml:4: spec.versions: | add up to 110
            {service: catalog}                                 | wanted.yaml:4: spec: | versions: {v1: 90, v2: 10}
            {service: catalog, versions: {v1: 100}, weight: 5} | wanted.yaml:4: spec.weight: | is not supported
            {service: catalog, versions: {v1: 100}, testers: {header: 'a b', value: x, version: v1}} | spec.testers.header | no header's name
            {service: catalog, versions: {v1: 100}, testers: {header: a, value: "x\\ny", version: v1}} | spec.testers.value | one line
            {service: catalog, versions: {v1: 100}, testers: {header: a, value: x, version: v2}} | spec.testers.version | none of the versions
            """)
    void aCanaryThatCannotBeIsRefused(String spec, String place, String fix) {
        assertRefused("Canary", spec, place, fix);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {host: catalog.default.svc.cluster.local} | wanted.yaml:4: spec.host: | Service default/catalog at mesh.yaml:1 defines it
            {host: '*.example.org'}                   | wanted.yaml:4: spec.host: | DNS, which knows no wildcards
            {host: "a.b\\nc"}                         | wanted.yaml:4: spec.host: | no full name
            {host: '$(x).example.org'}                | wanted.yaml:4: spec.host: | no full name
            {host: 10.0.0.1}                          | wanted.yaml:4: spec.host: | no full name
            {host: a.example.org, port: 70000}        | wanted.yaml:4: spec.port: | Write 1 to 65535
            {host: a.example.org, authorities: ca.pem} | wanted.yaml:4: spec.authorities: | its whole path
            """)
    void anExternalHostThatCannotBeIsRefused(String spec, String place, String fix) {
        assertRefused("EgressHost", spec, place, fix);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {host: a.example.com, service: storefront} | wanted.yaml:4: spec: | Write credential: NAME
            {host: a.example.com, service: storefront, credential: x, certificate: {chain: /a, key: /b}} | spec.credential: | one certificate
            {host: a.example.com, service: storefront, certificate: {chain: a, key: /b}} | spec.certificate.chain: | its whole path
            {host: a.example.com, service: shop, credential: x} | spec.service: | there are catalog, storefront
            {host: a.example.com, service: storefront, servicePort: 81, credential: x} | spec.servicePort: | There are [8080]
            {host: a.example.com, service: storefront, gateway: front, credential: x} | spec.gateway: | There are ingressgateway
            {host: '*.example.com', service: storefront, credential: x} | spec.host: | One document a host
            {host: catalog.default, service: storefront, credential: x} | spec.host: | a name within the mesh
            """)
    void aPublicHostThatCannotBeIsRefused(String spec, String place, String fix) {
        assertRefused("IngressHost", spec.strip(), place, fix.replace("One document", "one document"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {series: 10}                                            | wanted.yaml:4: spec.series: | there are still
            {}                                                      | wanted.yaml:4: spec: | Write series: 5000
            {series: 100000, keep: [nonsense]}                      | wanted.yaml:4: spec.keep: | neither one of Istio's metrics
            {series: 100000, tags: {path: request.path}}            | spec.tags.path: | would explode: request.path
            {series: 100000, tags: {response_code: "'x'"}}          | spec.tags.response_code: | can be added
            {series: 100000, tags: {x: "nowhere.y == 'a'"}}         | spec.tags.x: | there is no attribute nowhere
            {series: 700, outcomes: 3, keep: [istio_request_bytes, istio_response_bytes]} | spec.series: | there are still
            """)
    void aBudgetThatCannotBeKeptIsRefused(String spec, String place, String fix) {
        assertRefused("MetricsBudget", spec, place, fix);
    }

    @Test
    void whatMustStayStays() throws Exception {
        var free = generate(Shop.with("wanted.yaml", document("MetricsBudget", "{series: 1500}")));
        var kept = generate(
                Shop.with("wanted.yaml", document("MetricsBudget", "{series: 1500, keep: [istio_request_bytes]}")));

        assertThat(free.getFirst().text()).contains("metric: REQUEST_SIZE");
        assertThat(kept.getFirst().text()).doesNotContain("metric: REQUEST_SIZE");
    }

    @Test
    void aBudgetThatIsLargeGivesNothingUp() throws Exception {
        assertThat(generate(Shop.with("wanted.yaml", document("MetricsBudget", "{series: 100000}")))
                        .getFirst()
                        .text())
                .contains("# Nothing has to be given up.")
                .doesNotContain("overrides");
    }

    @Test
    void twoForOneThingAreRefused() {
        String one = document("EgressHost", "{host: rates.example.org}");
        String other = one.replace("name: it", "name: other");

        assertThatThrownBy(() -> generate(Shop.with("wanted.yaml", one + "---\n" + other)))
                .hasMessageContaining(
                        "wanted.yaml:9: spec.host: wanted.yaml:1 already decides about calls of rates.example.org");
    }

    @Test
    void whatTheManifestsDecideAlreadyIsRefused() {
        String theirs = """
                apiVersion: telemetry.istio.io/v1
                kind: Telemetry
                metadata: {name: a}
                spec: {metrics: [{providers: [{name: prometheus}]}]}
                """;
        String ours = document("MetricsBudget", "{series: 100000}");

        assertThatThrownBy(() -> generate(Shop.with("wanted.yaml", theirs + "---\n" + ours)))
                .hasMessageContaining("wanted.yaml:6")
                .hasMessageContaining("BNC-806");
    }

    @ParameterizedTest
    @CsvSource({"\"a'b\"", "\"a$b\"", "'a\"b'", "\"a\\nb\"", "A"})
    void aNameThatIsNoneIsRefused(String name) {
        assertThatThrownBy(() -> generate(Shop.with(
                        "wanted.yaml",
                        document("EgressHost", "{host: rates.example.org}").replace("name: it", "name: " + name))))
                .hasMessageContaining("wanted.yaml:3: metadata.name: '")
                .hasMessageContaining("is no name");
    }

    @Test
    void anUnknownKindOrVersionIsRefused() {
        assertThatThrownBy(() -> generate(Shop.with("wanted.yaml", document("Canari", "{}"))))
                .hasMessageContaining("Write Canary, EgressHost");
        assertThatThrownBy(() -> generate(
                        Shop.with("wanted.yaml", document("Canary", "{}").replace("dev/v1", "dev/v2"))))
                .hasMessageContaining("Write generate.binnacle.dev/v1");
    }
}
