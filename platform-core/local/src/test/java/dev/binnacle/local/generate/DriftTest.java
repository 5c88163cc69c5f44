package dev.binnacle.local.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DriftTest {
    @Test
    void aChangedLineIsShownWithItsNeighbours() {
        assertThat(Drift.lines("f", List.of("1", "2", "3", "4", "5", "6"), List.of("1", "2", "3", "x", "5", "6")))
                .containsExactly("--- f", "+++ f (generated)", "@@ -2,5 +2,5 @@", " 2", " 3", "-4", "+x", " 5", " 6");
    }

    @Test
    void aMissingFileIsAllNew() {
        assertThat(Drift.lines("f", List.of(), List.of("1", "2")))
                .containsExactly("--- f", "+++ f (generated)", "@@ -1,0 +1,2 @@", "+1", "+2");
    }

    @Test
    void aLongDifferenceIsCut() {
        var many = IntStream.range(0, 100).mapToObj(Integer::toString).toList();

        assertThat(Drift.lines("f", List.of(), many)).hasSize(34).endsWith("+ … 70 more lines");
    }
}
