package dev.binnacle.insight.series;

import dev.binnacle.insight.query.Lines;
import dev.binnacle.insight.query.Lines.Drawn;
import dev.binnacle.insight.query.Lines.Line;
import dev.binnacle.prometheus.istio.IstioLabels;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines of one signal.
 *
 * @param gaps what could not be learned, one sentence each
 */
public record Chart(List<String> gaps, List<Series> series) {
    /** More of them nobody tells apart. */
    public static final int MOST = 12;

    public Chart {
        gaps = List.copyOf(gaps);
        series = List.copyOf(series);
    }

    /**
     * One line.
     *
     * @param name a version, a quantile, or all
     * @param points by seconds of Unix time; those that are not known are not there
     */
    public record Series(String name, Map<Long, Double> points) {
        private double sum() {
            return points.values().stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /**
     * Makes one of what was answered.
     *
     * @param answers by the names of their queries
     * @param versions of workloads, by {@code NAMESPACE/NAME}; empty for those without
     */
    public static Chart of(Map<String, Lines> answers, Map<String, String> versions) {
        var gaps = answers.values().stream().flatMap(Chart::gaps).distinct().toList();
        var series = new ArrayList<Series>();
        answers.forEach((name, lines) -> {
            if (lines instanceof Drawn(var drawn, var warnings)) {
                series.addAll(
                        name.equals(Query.BY_WORKLOAD)
                                ? byVersion(drawn, versions)
                                : drawn.stream().map(line -> series(name, line)).toList());
            }
        });
        return new Chart(gaps, series);
    }

    private static Stream<String> gaps(Lines lines) {
        return switch (lines) {
            case Drawn(var drawn, var warnings) ->
                warnings.stream().map(warning -> "The chart may be drawn in part: " + warning);
            case Lines.Missing(String reason) -> Stream.of("Part of the chart is not known: " + reason);
        };
    }

    /** One alone is the same as all of them. */
    private static List<Series> byVersion(List<Line> lines, Map<String, String> versions) {
        if (lines.size() < 2) {
            return List.of();
        }
        var uses = new HashMap<String, Integer>();
        lines.forEach(line -> uses.merge(version(line, versions), 1, Integer::sum));
        return lines.stream()
                .map(line -> series(name(line, versions, uses), line))
                .sorted(Comparator.comparingDouble(Series::sum).reversed())
                .limit(MOST - 1)
                .sorted(Comparator.comparing(Series::name))
                .toList();
    }

    private static String name(Line line, Map<String, String> versions, Map<String, Integer> uses) {
        String version = version(line, versions);
        return version.isEmpty() || uses.getOrDefault(version, 0) > 1 ? workload(line) : version;
    }

    private static String version(Line line, Map<String, String> versions) {
        return versions.getOrDefault(workload(line), "");
    }

    private static String workload(Line line) {
        String name = line.labels().getOrDefault(IstioLabels.WORKLOAD, "");
        return name.isEmpty() || name.equals(IstioLabels.UNKNOWN)
                ? "no workload"
                : line.labels().getOrDefault(IstioLabels.WORKLOAD_NAMESPACE, "") + "/" + name;
    }

    private static Series series(String name, Line line) {
        return new Series(
                name,
                line.points().entrySet().stream()
                        .filter(point -> Double.isFinite(point.getValue()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new)));
    }
}
