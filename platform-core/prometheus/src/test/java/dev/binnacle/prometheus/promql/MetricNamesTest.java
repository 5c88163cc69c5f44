package dev.binnacle.prometheus.promql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "up                                                             | up",
                "sum by (job, up) (rate(a_total{x=\"}b\"}[5m]))                 | a_total",
                "sum(rate(a_total[$__rate_interval])) by (job)                  | a_total",
                "a / on (x) group_left (y) b                                    | a,b",
                "a unless b or c > bool 1e3 and d offset 5m                     | a,b,c,d",
                "histogram_quantile(0.95, sum by (le) (h_bucket)) >= 0          | h_bucket",
                "label_replace(a, \"x\", \"b\", \"y\", \"c(d)\")                | a",
                "workload:x:rate5m{a=~\"$b\"} * -Inf                            | workload:x:rate5m",
                "a{x=~`(.+[.])?${b:regex}([.]svc)?`} / b                        | a,b",
                "time() - max without (pod) (t_seconds) # comment up            | t_seconds",
            })
    void namesAreFound(String query, String names) {
        assertThat(String.join(",", MetricNames.of(query))).isEqualTo(names);
    }
}
