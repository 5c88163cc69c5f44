package dev.binnacle.testkit.agreement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Why;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.mesh.explain.WhyText;
import dev.binnacle.testkit.envoy.Agreement;
import dev.binnacle.testkit.envoy.EnvoyBinary;
import dev.binnacle.testkit.envoy.EnvoyMesh;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Seeded: what {@code why} says about random requests over random configurations is what a real Envoy does with them.
 * {@code -Dbinnacle.agreement.seeds=500} tries more, {@code -Dbinnacle.agreement.first=1234} others.
 */
class WhyAgreesWithEnvoyTest {
    private static final int REQUESTS = 60;

    private static EnvoyMesh envoys;

    @BeforeAll
    static void findEnvoy() {
        var binary = EnvoyBinary.find();
        assumeTrue(binary.isPresent(), "skipped: no Envoy was found. " + EnvoyBinary.advice());
        envoys = new EnvoyMesh(binary.get());
    }

    @AfterAll
    static void stopEnvoys() {
        if (envoys != null) {
            envoys.close();
        }
    }

    static LongStream seeds() {
        long first = Long.getLong("binnacle.agreement.first", 1);
        return LongStream.range(first, first + Long.getLong("binnacle.agreement.seeds", 8));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void envoyDoesWhatWhySays(long seed) {
        var mesh = new RandomMesh(seed);
        envoys.use(mesh.manifests());
        for (int i = 0; i < REQUESTS; i++) {
            agree(mesh, mesh.request());
        }
    }

    private static void agree(RandomMesh mesh, WhyRequest request) {
        var explanation = Why.explain(mesh.manifests(), envoys.topology(), request);
        if (explanation instanceof Answer answer) {
            var seen = envoys.send(answer, request);
            assertThat(Agreement.differences(answer, request, seen))
                    .as(() -> request + "\n\n" + WhyText.write(answer) + "\n" + seen + "\n\n" + mesh.text())
                    .isEmpty();
        }
    }
}
