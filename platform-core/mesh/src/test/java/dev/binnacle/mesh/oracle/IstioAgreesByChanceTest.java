package dev.binnacle.mesh.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.binnacle.mesh.random.RandomManifests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Seeded: configurations that nobody tuned to are translated as Istio does. {@code mvn verify -Pagreement} runs it;
 * {@code -Dbinnacle.agreement.configurations=3000} tries more, {@code -Dbinnacle.agreement.first=1234} others. Of each kind of
 * difference the first is shown, with the configuration shrunk to what it needs.
 */
@EnabledIfSystemProperty(named = "binnacle.agreement.configurations", matches = "[1-9][0-9]*")
class IstioAgreesByChanceTest {
    private static final Path FOLDER = Path.of("target/by-chance");
    private static final List<AcceptedDifference> ACCEPTED = AcceptedDifference.all();

    private final Map<String, List<Long>> seeds = new TreeMap<>();

    @Test
    void meansWhatIstioMeans() {
        var started = Oracle.start();
        assumeTrue(started.isPresent(), "skipped: " + Oracle.advice());
        try (var oracle = started.orElseThrow()) {
            long first = Long.getLong("binnacle.agreement.first", 1);
            long count = Long.getLong("binnacle.agreement.configurations", 0);
            for (long seed = first; seed < first + count; seed++) {
                compare(seed, oracle);
            }
            var reports = new ArrayList<String>();
            seeds.forEach((kind, found) -> reports.add(report(kind, found, oracle)));
            assertThat(reports).as("kinds of differences from Istio").isEmpty();
        }
    }

    private void compare(long seed, Oracle oracle) {
        var compared = RandomCase.of(RandomManifests.of(seed), FOLDER.resolve("seed-" + seed), oracle);
        compared.differences().stream()
                .filter(IstioAgreesByChanceTest::isUnexpected)
                .map(Difference::kind)
                .distinct()
                .forEach(kind ->
                        seeds.computeIfAbsent(kind, k -> new ArrayList<>()).add(seed));
    }

    private static boolean isUnexpected(Difference found) {
        return ACCEPTED.stream().noneMatch(accepted -> accepted.covers("by-chance", found));
    }

    private static String report(String kind, List<Long> found, Oracle oracle) {
        var folder = FOLDER.resolve("shrunk");
        var whole = RandomManifests.of(found.getFirst());
        var shrinker = new Shrinker(resources -> shows(kind, whole.with(resources), folder, oracle), 150);
        var least = RandomCase.of(whole.with(shrinker.shrink(whole.resources())), folder, oracle);
        return "\n==== " + kind + " in " + found.size() + " configurations, seeds "
                + found.subList(0, Math.min(5, found.size())) + "\n"
                + difference(least, kind).map(Difference::toString).orElse("") + "\n"
                + String.join("\n", least.refusals()) + "\n" + least.manifests().yaml();
    }

    private static boolean shows(String kind, RandomManifests manifests, Path folder, Oracle oracle) {
        return !manifests.proxies().isEmpty()
                && difference(RandomCase.of(manifests, folder, oracle), kind).isPresent();
    }

    private static Optional<Difference> difference(RandomCase compared, String kind) {
        return compared.differences().stream()
                .filter(IstioAgreesByChanceTest::isUnexpected)
                .filter(found -> found.kind().equals(kind))
                .findFirst();
    }
}
