package dev.binnacle.plugin.generator.grafana.board;

/** Queries that answer with a number where there is nothing to count, too. */
final class Counts {
    private Counts() {}

    /**
     * Returns how many series fulfil a condition: none is 0, and nothing to look at is no answer.
     *
     * @param series PromQL
     * @param condition what follows it, such as {@code == 0}
     */
    static String of(String series, String condition) {
        return "count(%s %s) or 0 * count(%s)".formatted(series, condition, series);
    }

    /** Returns how much a counter that appears with its first event grew in the time span that is looked at. */
    static String grown(String counter, String beside) {
        return "sum(increase(%s[$__range])) or 0 * sum(%s)".formatted(counter, beside);
    }
}
