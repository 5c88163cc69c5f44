package dev.binnacle.prometheus.exposition;

import dev.binnacle.spi.model.Sample;
import java.util.List;

/**
 * What a page of metrics contains.
 *
 * @param samples in the order of the page, without those on lines that are wrong
 * @param problems in the order of their lines; empty for a valid page
 * @param remarks what the format allows and Prometheus' naming conventions advise against, in the order of their lines
 */
public record Exposition(List<Sample> samples, List<LineProblem> problems, List<LineProblem> remarks) {
    public Exposition {
        samples = List.copyOf(samples);
        problems = List.copyOf(problems);
        remarks = List.copyOf(remarks);
    }

    /** Tells whether the whole page follows the format. */
    public boolean isValid() {
        return problems.isEmpty();
    }
}
