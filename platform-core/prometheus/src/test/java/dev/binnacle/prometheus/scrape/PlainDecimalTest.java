package dev.binnacle.prometheus.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainDecimalTest {
    private final PlainDecimal decimal = new PlainDecimal();

    @Test
    void everyNumberIsTheNearestOne() {
        var random = new Random(1);
        int read = 0;
        for (int i = 0; i < 300_000; i++) {
            String text = text(random);
            if (read(text)) {
                read++;
                assertThat(Double.doubleToRawLongBits(decimal.value))
                        .as(text)
                        .isEqualTo(Double.doubleToRawLongBits(Double.parseDouble(text)));
            }
        }
        assertThat(read).isGreaterThan(250_000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9007199254740993",
                "9007199254740991.5",
                "1e23",
                "8.5e22",
                "0.1",
                "5e-324",
                "-0",
                "0e5",
                "1.7976931348623157e308"
            })
    void hardOnesAreTheNearestOrLeftToOthers(String text) {
        if (read(text)) {
            assertThat(decimal.value).isEqualTo(Double.parseDouble(text));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                ".",
                "e5",
                "1e",
                "1e+",
                "1.2.3",
                "1 ",
                "0x1",
                "1_0",
                "NaN",
                "+1",
                "1e1000",
                "1234567890123456789"
            })
    void otherTextsAreLeftToOthers(String text) {
        assertThat(read(text)).isFalse();
    }

    private boolean read(String text) {
        byte[] bytes = (text + "\n").getBytes(StandardCharsets.US_ASCII);
        return decimal.read(bytes, 0, bytes.length, '\n') && decimal.end == text.length();
    }

    private static String text(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> Double.toString(random.nextDouble() * Math.pow(10, random.nextInt(30) - 10));
            case 1 -> Double.toString(-random.nextDouble());
            case 2 -> random.nextLong(1_000_000_000_000_000_000L) + "e" + (random.nextInt(100) - 50);
            default -> random.nextInt(1_000_000) + "." + random.nextInt(1_000_000);
        };
    }
}
