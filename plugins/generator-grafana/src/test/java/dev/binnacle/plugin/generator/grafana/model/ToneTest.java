package dev.binnacle.plugin.generator.grafana.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Colours that stand beside each other are told apart by eyes that lack one kind of cones (Viénot, Brettel and Mollon 1999). */
class ToneTest {
    private static final double APART = 40;

    /** Which tones stand beside each other in one panel. */
    static Stream<List<Tone>> neighbours() {
        return Stream.of(
                List.of(Tone.OK, Tone.WARN, Tone.BAD),
                List.of(Tone.OK, Tone.WARN, Tone.BAD, Tone.BROKEN, Tone.GONE),
                List.of(Tone.CALLERS, Tone.SERVERS),
                List.of(Tone.CALLERS, Tone.WARN),
                List.of(Tone.OK, Tone.CALLERS, Tone.SERVERS));
    }

    @ParameterizedTest
    @MethodSource("neighbours")
    void theyAreApartForEverybody(List<Tone> tones) {
        for (var eye : Eye.values()) {
            for (int i = 0; i < tones.size(); i++) {
                for (int j = i + 1; j < tones.size(); j++) {
                    assertThat(distance(eye.sees(rgb(tones.get(i))), eye.sees(rgb(tones.get(j)))))
                            .as("%s and %s, %s", tones.get(i), tones.get(j), eye)
                            .isGreaterThan(APART);
                }
            }
        }
    }

    private enum Eye {
        USUAL(List.of(1.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0)),
        WITHOUT_RED(List.of(0.11238, 0.88762, 0.0, 0.11238, 0.88762, 0.0, 0.00401, -0.00401, 1.0)),
        WITHOUT_GREEN(List.of(0.29275, 0.70725, 0.0, 0.29275, 0.70725, 0.0, -0.02234, 0.02234, 1.0));

        private final List<Double> matrix;

        Eye(List<Double> matrix) {
            this.matrix = matrix;
        }

        List<Double> sees(List<Double> rgb) {
            var seen = new ArrayList<Double>();
            for (int row = 0; row < 3; row++) {
                double sum = 0;
                for (int column = 0; column < 3; column++) {
                    sum += matrix.get(3 * row + column) * rgb.get(column);
                }
                seen.add(sum);
            }
            return seen;
        }
    }

    private static double distance(List<Double> a, List<Double> b) {
        double sum = 0;
        for (int i = 0; i < a.size(); i++) {
            sum += Math.pow(a.get(i) - b.get(i), 2);
        }
        return Math.sqrt(sum);
    }

    private static List<Double> rgb(Tone tone) {
        int number = Integer.parseInt(tone.hex().substring(1), 16);
        return List.of((double) (number >> 16), (double) (number >> 8 & 0xff), (double) (number & 0xff));
    }
}
