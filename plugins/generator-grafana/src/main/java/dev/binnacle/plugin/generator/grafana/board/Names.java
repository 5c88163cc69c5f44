package dev.binnacle.plugin.generator.grafana.board;

import com.google.re2j.Pattern;
import dev.binnacle.prometheus.promql.Matcher;
import dev.binnacle.prometheus.promql.Matcher.Operator;
import dev.binnacle.prometheus.promql.Selector;
import java.util.List;

/**
 * What the dashboards call each other, and the series that {@code generator-prometheus} records.
 *
 * @param prefix the beginning of every dashboard's uid
 * @param window the window of the recorded rates, as it stands in their names
 */
public record Names(String prefix, String window) {
    private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|!~|!=|=)[\"`](.*)[\"`]");

    /** Returns a dashboard's uid. */
    String uid(Board board) {
        return prefix + "-" + board.id();
    }

    /** Returns a rate that is recorded for each pair of workloads. */
    public Selector workload(String metric, List<String> matchers) {
        return select("workload:" + metric + ":rate" + window, matchers);
    }

    /** Returns a rate that is recorded for each service. */
    Selector service(String metric, List<String> matchers) {
        return select("service:" + metric + ":rate" + window, matchers);
    }

    /** Returns the share of a service's requests that succeeded, as recorded. */
    Selector serviceSuccess(List<String> matchers) {
        return select("service:istio_requests:success_ratio_rate" + window, matchers);
    }

    /** Returns how long a service's requests took at most, but for the slowest, as recorded. */
    Selector serviceQuantile(int percent, List<String> matchers) {
        return select("service:istio_request_duration_milliseconds:p" + percent + "_rate" + window, matchers);
    }

    private static Selector select(String metric, List<String> matchers) {
        return new Selector(metric, matchers.stream().map(Names::matcher).toList());
    }

    private static Matcher matcher(String promql) {
        var parts = MATCHER.matcher(promql);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a matcher: " + promql);
        }
        return new Matcher(parts.group(1), operator(parts.group(2)), parts.group(3));
    }

    private static Operator operator(String sign) {
        return switch (sign) {
            case "=" -> Operator.IS;
            case "!=" -> Operator.IS_NOT;
            case "=~" -> Operator.FITS;
            default -> Operator.FITS_NOT;
        };
    }
}
