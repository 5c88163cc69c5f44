package dev.binnacle.plugin.generator.grafana.model;

/**
 * What a panel asks Prometheus.
 *
 * @param expression PromQL with variables of the dashboard
 * @param legend what a series is called, with its labels in double braces; empty where there is no legend
 * @param tone what the series mean
 */
public record Query(String expression, String legend, Tone tone) {
    /** So many have a letter of their own. */
    static final int MOST = 26;

    public Query {
        expression = Variable.betweenBackQuotes(expression.strip());
        if (expression.isEmpty()) {
            throw new IllegalArgumentException("the query for '" + legend + "' is empty");
        }
    }

    /** Makes a query for a panel without a legend. */
    public static Query of(String expression) {
        return new Query(expression, "", Tone.PALETTE);
    }

    /** Makes a query for series of which nobody knows the number. */
    public static Query each(String legend, String expression) {
        return new Query(expression, legend, Tone.PALETTE);
    }

    /** Makes a query for one series, or for series that mean the same. */
    public static Query named(String legend, Tone tone, String expression) {
        return new Query(expression, legend, tone);
    }
}
