package dev.binnacle.insight.query;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What a query about many times brought. */
public sealed interface Lines {
    /**
     * Lines, none among them when nothing fits.
     *
     * @param warnings what the server said besides: the answer may be a part only
     */
    record Drawn(List<Line> lines, List<String> warnings) implements Lines {
        public Drawn {
            lines = List.copyOf(lines);
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Nothing that could be understood.
     *
     * @param reason one sentence for a person, without a full stop
     */
    record Missing(String reason) implements Lines {}

    /**
     * One series.
     *
     * @param labels by name
     * @param points values by seconds of Unix time
     */
    record Line(Map<String, String> labels, Map<Long, Double> points) {
        public Line {
            labels = Map.copyOf(labels);
            points = Collections.unmodifiableSortedMap(new TreeMap<>(points));
        }
    }
}
