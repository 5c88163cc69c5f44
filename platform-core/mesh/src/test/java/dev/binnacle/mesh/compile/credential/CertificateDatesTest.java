package dev.binnacle.mesh.compile.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.credential.TestCertificates;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CertificateDatesTest {
    private static List<Diagnostic> at(String now, String certificate) {
        String secret = """
                apiVersion: v1
                kind: Secret
                metadata: {name: shop, namespace: istio-system}
                stringData:
                  tls.crt: "%s"
                  tls.key: "<key shop.example.com>"
                """.formatted(certificate);
        var file = new ManifestFile("shop.yaml", TestCertificates.in(secret));
        return Translation.check(List.of(file), Instant.parse(now));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            2019-12-31T23:59:59Z | begins at 2020-01-01T00:00:00Z only, so until then it is refused
            2119-12-18T00:00:01Z | ends at 2120-01-01T00:00:00Z, in 13 days
            2119-12-30T12:00:00Z | ends at 2120-01-01T00:00:00Z, in a day
            2119-12-31T23:59:59Z | ends at 2120-01-01T00:00:00Z, in less than a day
            2120-01-01T00:00:00Z | ended at 2120-01-01T00:00:00Z, so it is refused
            """)
    void whatIsOverAlmostOverOrNotYetIsSaid(String now, String what) {
        assertThat(at(now, "<certificate shop.example.com>")).singleElement().satisfies(found -> {
            assertThat(found.severity()).isEqualTo(Severity.WARNING);
            assertThat(found.toString())
                    .startsWith(
                            "shop.yaml:5 BNC-408 Secret istio-system/shop stringData.tls.crt: the time of a certificate "
                                    + what + ". ");
        });
    }

    @ParameterizedTest
    @CsvSource({"2020-01-01T00:00:00Z", "2026-11-23T00:00:00Z", "2119-12-18T00:00:00Z"})
    void whatIsGoodForLongIsNotSpokenOf(String now) {
        assertThat(at(now, "<certificate shop.example.com>")).isEmpty();
    }

    @Test
    void eachCertificateOfAChainCounts() {
        assertThat(at("2026-11-23T00:00:00Z", "<certificate shop.example.com><old certificate a.example.com>"))
                .singleElement()
                .asString()
                .contains("ended at 2011-01-01T00:00:00Z");
    }

    @Test
    void whatIsNotReadableIsAnotherProblem() {
        assertThat(at("2026-11-23T00:00:00Z", "<cut certificate shop.example.com>"))
                .isEmpty();
    }
}
