package dev.binnacle.e2e.executed;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The standard metrics of some sidecars at one moment, as Prometheus would collect them. */
final class Counters {
    private static final int PORT = 15090;
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"([^\"]*)\"");

    private record Series(Map<String, String> labels, double value) {
        String label(String name) {
            return labels.getOrDefault(name, "");
        }

        /** Returns it as PromQL selects it. */
        String selector(String metric) {
            return new TreeMap<>(labels)
                    .entrySet().stream()
                            .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                            .collect(Collectors.joining(",", metric + "{", "}"));
        }
    }

    private final Map<String, List<Series>> byName = new HashMap<>();

    /** Reads the metrics of the sidecars at these pod addresses. */
    static Counters of(Collection<String> pods) {
        var result = new Counters();
        for (String pod : pods) {
            try {
                Wire.send(
                                new InetSocketAddress(pod, PORT),
                                "GET",
                                "/stats/prometheus",
                                Map.of("host", "metrics", "connection", "close"))
                        .body()
                        .lines()
                        .filter(line -> line.startsWith("istio_"))
                        .forEach(result::read);
            } catch (IOException e) {
                throw new AssertionError("no metrics of " + pod, e);
            }
        }
        return result;
    }

    private void read(String line) {
        int open = line.indexOf('{');
        int close = line.lastIndexOf('}');
        var labels = new HashMap<String, String>();
        LABEL.matcher(line.substring(open, close)).results().forEach(m -> labels.put(m.group(1), m.group(2)));
        byName.computeIfAbsent(line.substring(0, open), name -> new ArrayList<>())
                .add(new Series(labels, Double.parseDouble(line.substring(close + 1))));
    }

    /** Requests as {@code caller > echo v1 200 -}; the code of a gRPC call is its own status. */
    Map<String, Integer> requests(String reporter) {
        return sums(
                "istio_requests_total",
                reporter,
                series -> edge(series) + " " + code(series) + " " + series.label("response_flags"));
    }

    /** Requests by what became of them, {@code 503 `UF`}; of a call by gRPC with its own status, {@code 200 grpc 14 `UF`}. */
    Map<String, Integer> said(String reporter) {
        return sums("istio_requests_total", reporter, series -> {
            String grpc = series.label("grpc_response_status");
            String flags = series.label("response_flags");
            return series.label("response_code")
                    + (grpc.isEmpty() ? "" : " grpc " + grpc)
                    + (flags.equals("-") ? "" : " `" + flags + "`");
        });
    }

    /** Connections as {@code caller > echo v1 -}. */
    Map<String, Integer> connections(String reporter) {
        return sums(
                "istio_tcp_connections_opened_total",
                reporter,
                series -> edge(series) + " " + series.label("response_flags"));
    }

    /** Answers as callers got them, {@code caller 200}. */
    Map<String, Integer> answers() {
        return sums(
                "istio_requests_total",
                "source",
                series -> series.label("source_workload") + " " + series.label("response_code"));
    }

    /** Requests at the pods that were called, by how they were secured. */
    Map<String, Integer> security() {
        return sums("istio_requests_total", "destination", series -> series.label("connection_security_policy"));
    }

    /** Series of a metric by the value of one label, {@code none} where it is missing: how much each has counted. */
    Map<String, Integer> labelled(String metric, String reporter, String label) {
        return sums(metric, reporter, series -> series.labels().getOrDefault(label, "none"));
    }

    /** All counters by the selector of their series. */
    Map<String, Integer> totals() {
        var result = new TreeMap<String, Integer>();
        byName.forEach((name, all) -> {
            if (name.endsWith("_total")) {
                all.forEach(series -> result.put(series.selector(name), (int) series.value()));
            }
        });
        return result;
    }

    /** Milliseconds of all requests of one caller. */
    double milliseconds(String caller) {
        return byName.getOrDefault("istio_request_duration_milliseconds_sum", List.of()).stream()
                .filter(s -> s.label("reporter").equals("source"))
                .filter(s -> s.label("source_workload").equals(caller))
                .mapToDouble(Series::value)
                .sum();
    }

    private static String edge(Series series) {
        return series.label("source_workload") + " > " + series.label("destination_service_name") + " "
                + series.label("destination_version");
    }

    private static String code(Series series) {
        return series.label("request_protocol").equals("grpc")
                ? "grpc=" + series.label("grpc_response_status")
                : series.label("response_code");
    }

    private Map<String, Integer> sums(String metric, String reporter, Function<Series, String> key) {
        var result = new TreeMap<String, Integer>();
        byName.getOrDefault(metric, List.of()).stream()
                .filter(series -> series.label("reporter").equals(reporter))
                .forEach(series -> result.merge(key.apply(series), (int) series.value(), Integer::sum));
        return result;
    }

    /** Returns what is more in {@code after}. */
    static Map<String, Integer> more(Map<String, Integer> before, Map<String, Integer> after) {
        var result = new TreeMap<String, Integer>();
        after.forEach((key, count) -> {
            int more = count - before.getOrDefault(key, 0);
            if (more != 0) {
                result.put(key, more);
            }
        });
        return result;
    }
}
