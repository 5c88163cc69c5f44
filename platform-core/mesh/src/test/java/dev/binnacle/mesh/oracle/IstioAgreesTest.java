package dev.binnacle.mesh.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Istio decides what is right: Binnacle tells proxies what Istio's own translation of the same manifests tells them. */
class IstioAgreesTest {
    private static final Map<String, List<Difference>> DIFFERENCES = new TreeMap<>();
    private static final List<AcceptedDifference> ACCEPTED = AcceptedDifference.all();

    @BeforeAll
    static void compare() {
        IstioCase.all().forEach(istio -> DIFFERENCES.put(istio.toString(), istio.differences()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void meansWhatIstioMeans(String name) {
        assertThat(DIFFERENCES.get(name))
                .filteredOn(found -> ACCEPTED.stream().noneMatch(accepted -> accepted.covers(name, found)))
                .as("differences from Istio in src/test/resources/istio/%s", name)
                .isEmpty();
    }

    @Test
    void everyAcceptedDifferenceIsStillThere() {
        assertThat(ACCEPTED)
                .as("accepted differences that no longer occur: take them out of accepted-differences.yaml")
                .filteredOn(accepted -> DIFFERENCES.entrySet().stream()
                        .noneMatch(e -> e.getValue().stream().anyMatch(found -> accepted.covers(e.getKey(), found))))
                .isEmpty();
    }

    static Stream<String> cases() {
        return IstioCase.all().stream().map(IstioCase::toString);
    }
}
