package dev.binnacle.app.insight;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.insight.series.Chart;
import dev.binnacle.insight.series.Signal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chart in the API.
 *
 * @param at its last time
 * @param stepSeconds between two points
 * @param unit 1/s, share or ms
 */
public record SeriesView(
        Instant at,
        String window,
        long stepSeconds,
        boolean complete,
        List<String> gaps,
        String signal,
        String unit,
        List<Line> series) {
    /**
     * One line.
     *
     * @param points seconds of Unix time and the value, null where it is not known
     */
    @JsonInclude(JsonInclude.Include.ALWAYS)
    public record Line(String name, List<List<@Nullable Number>> points) {
        static Line of(Chart.Series series, Steps steps) {
            return new Line(
                    series.name(),
                    steps.times()
                            .mapToObj(time -> point(time, series.points().get(time)))
                            .toList());
        }

        private static List<@Nullable Number> point(long time, @Nullable Double value) {
            return Arrays.asList(time, value);
        }
    }

    static SeriesView of(Chart chart, Steps steps, Signal signal, String window) {
        return new SeriesView(
                Instant.ofEpochSecond(steps.last()),
                window,
                steps.seconds(),
                chart.gaps().isEmpty(),
                chart.gaps(),
                TopologyView.word(signal),
                signal.unit(),
                chart.series().stream().map(line -> Line.of(line, steps)).toList());
    }
}
