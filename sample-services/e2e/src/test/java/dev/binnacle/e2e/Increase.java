package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How much counters have grown, by the values of some labels.
 *
 * <p>Where they stood is read from the proxies, which know it at once; what they have become is asked of Prometheus. So
 * nothing that happened before has to settle first, and the difference is exact.
 */
final class Increase {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private final RunningMesh.Instance mesh;
    private final String metric;
    private final Map<String, String> where;
    private final List<String> by;
    private final Map<String, Double> before;

    /**
     * Begins to count.
     *
     * @param where labels and the values they must have
     * @param by labels whose values, with a space between them, name each result
     */
    Increase(RunningMesh.Instance mesh, String metric, Map<String, String> where, String... by) {
        this.mesh = mesh;
        this.metric = metric;
        this.where = new TreeMap<>(where);
        this.by = List.of(by);
        this.before = inProxies();
    }

    /** Requests as their callers' proxies saw them. */
    static Increase atSource(RunningMesh.Instance mesh, String from, String to, String... by) {
        return new Increase(
                mesh,
                "istio_requests_total",
                Map.of("reporter", "source", "source_workload", from, "destination_service_name", to),
                by);
    }

    /** Requests as the proxies of those who answered saw them. */
    static Increase atDestination(RunningMesh.Instance mesh, String from, String to, String... by) {
        return new Increase(
                mesh,
                "istio_requests_total",
                Map.of("reporter", "destination", "source_workload", from, "destination_service_name", to),
                by);
    }

    /** Returns once Prometheus says {@code expected}, and nothing beside it has grown. */
    void awaitEqual(Map<String, Integer> expected) {
        var grown = new TreeMap<>(expected);
        grown.values().removeIf(value -> value == 0);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inPrometheus())
                        .as("increase of %s%s by %s", metric, where, by)
                        .isEqualTo(grown));
    }

    /** Returns what Prometheus says once it adds up to {@code total}. */
    Map<String, Integer> awaitTotal(int total) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(inPrometheus().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum())
                        .as("increase of %s%s", metric, where)
                        .isEqualTo(total));
        return inPrometheus();
    }

    /** Returns the increase that Prometheus has seen so far. */
    Map<String, Integer> inPrometheus() {
        String matchers = where.entrySet().stream()
                .map(e -> e.getKey() + "=\"" + e.getValue() + "\"")
                .collect(Collectors.joining(","));
        String query = "sum by (%s) (%s{%s})".formatted(String.join(",", by), metric, matchers);
        var grown = new TreeMap<String, Integer>();
        mesh.prometheus().valuesBy(by, query).forEach((key, value) -> {
            int more = (int) (value - before.getOrDefault(key, 0.0));
            if (more != 0) {
                grown.put(key, more);
            }
        });
        return grown;
    }

    private Map<String, Double> inProxies() {
        var traffic = new Traffic();
        var sums = new TreeMap<String, Double>();
        for (JsonNode proxy : mesh.proxies()) {
            String address = proxy.get("nodeId").asText().split("~", 3)[1];
            traffic.get("http://" + address + ":15090/stats/prometheus")
                    .body()
                    .lines()
                    .filter(line -> line.startsWith(metric + "{"))
                    .forEach(line -> add(line, sums));
        }
        return sums;
    }

    private void add(String line, Map<String, Double> sums) {
        Map<String, String> labels = LABEL.matcher(line)
                .results()
                .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
        if (where.entrySet().stream().allMatch(e -> e.getValue().equals(labels.get(e.getKey())))) {
            String key = by.stream().map(name -> labels.getOrDefault(name, "")).collect(Collectors.joining(" "));
            sums.merge(key, Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)), Double::sum);
        }
    }
}
