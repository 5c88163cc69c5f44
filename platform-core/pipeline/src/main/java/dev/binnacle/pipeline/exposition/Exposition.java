package dev.binnacle.pipeline.exposition;

import dev.binnacle.spi.model.Sample;
import java.util.List;

/**
 * What a page of metrics contains.
 *
 * @param samples in the order of the page, without those on lines that are wrong
 * @param problems in the order of their lines; empty for a valid page
 */
public record Exposition(List<Sample> samples, List<LineProblem> problems) {
    public Exposition {
        samples = List.copyOf(samples);
        problems = List.copyOf(problems);
    }

    /** Tells whether the whole page follows the format. */
    public boolean isValid() {
        return problems.isEmpty();
    }
}
