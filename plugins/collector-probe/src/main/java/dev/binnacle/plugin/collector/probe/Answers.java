package dev.binnacle.plugin.collector.probe;

import com.google.re2j.Pattern;
import dev.binnacle.prometheus.config.Probe;
import java.io.IOException;

/** What an answer must and must not have in it. */
final class Answers {
    private Answers() {}

    static void require(Probe probe, String answer, Verdict verdict) throws IOException {
        boolean lacks = !probe.matches().isEmpty()
                && !Pattern.compile(probe.matches()).matcher(answer).find();
        boolean has = !probe.matchesNot().isEmpty()
                && Pattern.compile(probe.matchesNot()).matcher(answer).find();
        verdict.found(ProbeMetrics.REGEX, lacks || has ? 1 : 0);
        if (lacks || has) {
            throw new IOException(
                    lacks
                            ? "the answer lacks '" + probe.matches() + "'"
                            : "the answer has '" + probe.matchesNot() + "'");
        }
    }
}
