package dev.binnacle.testkit;

import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Explanation.Target;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.testkit.envoy.EnvoyMesh;
import java.util.TreeMap;

/** Counts where a real Envoy sends requests that are shared out. */
final class Split {
    private static final int REQUESTS = 400;

    /** Deviations: a right split fails one test in some ten thousand. */
    private static final double TOLERANCE = 4;

    private Split() {}

    static void check(EnvoyMesh running, WhyRequest request, Answer answer, Failures failures) {
        var counts = new TreeMap<String, Integer>();
        for (int i = 0; i < REQUESTS; i++) {
            counts.merge(running.send(answer, request).cluster(), 1, Integer::sum);
        }
        double sum = answer.clusters().stream().mapToInt(Target::weight).sum();
        for (var target : answer.clusters()) {
            double share = target.weight() / sum;
            double tolerated = TOLERANCE * Math.sqrt(REQUESTS * share * (1 - share));
            if (Math.abs(counts.getOrDefault(target.name(), 0) - REQUESTS * share) > tolerated) {
                throw failures.of(
                        Math.round(REQUESTS * share) + " of " + REQUESTS + " requests at " + target.name() + ", within "
                                + Math.round(tolerated),
                        "Envoy sent " + counts,
                        "");
            }
        }
    }
}
