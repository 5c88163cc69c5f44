package dev.binnacle.app.insight;

import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.slo.Slo;
import dev.binnacle.insight.slo.SloBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Objectives. Everybody who asks within a few seconds gets the same. For any thread. */
@ApplicationScoped
public class Slos {
    private static final int KEPT = 4;

    private final Shared<Instant, Found> last = new Shared<>(KEPT);
    private final Pictures pictures;
    private final PrometheusClient prometheus;
    private final ObjectiveFiles files;

    /** @param gaps what could not be learned, one sentence each */
    record Found(List<String> gaps, List<Slo> slos) {}

    Slos(Pictures pictures, PrometheusClient prometheus, InsightConfig config) {
        this.pictures = pictures;
        this.prometheus = prometheus;
        this.files = new ObjectiveFiles(config.objectives());
    }

    Found now() {
        return last.of(pictures.lately(), this::find);
    }

    private Found find(Instant at) {
        var answer = prometheus.ask(Map.of("slos", SloBuilder.promql()), at).get("slos");
        if (answer == null) {
            throw new IllegalStateException("each query has an answer");
        }
        return new Found(gaps(answer), SloBuilder.build(answer, files.read()));
    }

    private static List<String> gaps(Answer answer) {
        return switch (answer) {
            case Answer.Missing(String reason) -> List.of("Objectives not known: " + reason);
            case Answer.Rows(var rows, var warnings) ->
                warnings.stream()
                        .map(warning -> "Objectives may be in part: " + warning)
                        .toList();
        };
    }
}
