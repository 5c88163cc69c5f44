package dev.binnacle.prometheus.promql;

import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Finds the metrics that a query asks for. */
public final class MetricNames {
    private static final Set<String> WORDS =
            Set.of("and", "or", "unless", "bool", "offset", "inf", "nan", "atan2", "start", "end");
    private static final Set<String> BEFORE_LABELS =
            Set.of("by", "without", "on", "ignoring", "group_left", "group_right");

    private final String query;
    private final SortedSet<String> names = new TreeSet<>();
    private int at;
    private boolean labelsFollow;

    private MetricNames(String query) {
        this.query = query;
    }

    /** Returns the names in {@code query}, a valid query of PromQL that may hold Grafana's variables; sorted. */
    public static SortedSet<String> of(String query) {
        var reading = new MetricNames(query);
        while (reading.at < query.length()) {
            reading.next();
        }
        return reading.names;
    }

    private void next() {
        char c = query.charAt(at);
        switch (c) {
            case '"', '\'', '`' -> string(c);
            case '{' -> skipTo('}');
            case '[' -> skipTo(']');
            case '#' -> skipTo('\n');
            case '(' -> {
                if (labelsFollow) {
                    skipTo(')');
                } else {
                    at++;
                }
                labelsFollow = false;
            }
            case '$' -> {
                at++;
                word();
            }
            default -> token(c);
        }
    }

    private void token(char c) {
        if (Character.isDigit(c)) {
            word();
        } else if (isPart(c)) {
            name(word());
        } else {
            at++;
        }
    }

    private void name(String word) {
        String small = word.toLowerCase(Locale.ROOT);
        if (BEFORE_LABELS.contains(small)) {
            labelsFollow = followedByParenthesis();
        } else if (!WORDS.contains(small) && !followedByParenthesis() && !isAggregation(small)) {
            names.add(word);
        }
    }

    /** {@code sum by (x) (y)}: an aggregation whose labels come first. */
    private boolean isAggregation(String word) {
        String rest = query.substring(at).stripLeading();
        return (rest.startsWith("by") || rest.startsWith("without"))
                && Set.of(
                                "sum",
                                "min",
                                "max",
                                "avg",
                                "count",
                                "stddev",
                                "stdvar",
                                "group",
                                "topk",
                                "bottomk",
                                "quantile",
                                "count_values")
                        .contains(word);
    }

    private boolean followedByParenthesis() {
        int next = at;
        while (next < query.length() && Character.isWhitespace(query.charAt(next))) {
            next++;
        }
        return next < query.length() && query.charAt(next) == '(';
    }

    private String word() {
        int start = at;
        while (at < query.length() && (isPart(query.charAt(at)) || Character.isDigit(query.charAt(at)))) {
            at++;
        }
        return query.substring(start, at);
    }

    private void string(char quote) {
        at++;
        while (at < query.length() && query.charAt(at) != quote) {
            at += quote != '`' && query.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
    }

    /** Skips to behind {@code end}; strings on the way may hold it. */
    private void skipTo(char end) {
        at++;
        while (at < query.length() && query.charAt(at) != end) {
            char c = query.charAt(at);
            if (end != '\n' && (c == '"' || c == '\'' || c == '`')) {
                string(c);
            } else {
                at++;
            }
        }
        at++;
    }

    private static boolean isPart(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_' || c == ':';
    }
}
