package dev.binnacle.insight.topology;

import dev.binnacle.insight.query.Answer;
import java.util.List;
import java.util.stream.Stream;

/** Says what could not be learned. */
final class Gaps {
    private Gaps() {}

    static List<String> of(Answers answers, Targets targets) {
        var unanswered = Stream.of(Question.values()).flatMap(question -> gaps(question, answers.to(question)));
        var silent = targets.silent() == 0
                ? Stream.<String>of()
                : Stream.of("Scrape targets that do not answer: " + targets.silent());
        return Stream.concat(unanswered, silent).distinct().toList();
    }

    private static Stream<String> gaps(Question question, Answer answer) {
        return switch (answer) {
            case Answer.Rows(var rows, var warnings) ->
                warnings.stream().map(warning -> subject(question) + " may be in part: " + warning);
            case Answer.Missing(String reason) -> Stream.of(subject(question) + " not known: " + reason);
        };
    }

    private static String subject(Question question) {
        return switch (question) {
            case REQUESTS -> "Requests";
            case LATENCY_P50, LATENCY_P95, LATENCY_P99, BUCKETS -> "Latencies";
            case TCP -> "TCP connections";
            case TARGETS -> "Scrape targets";
        };
    }
}
