package dev.binnacle.prometheus.istio;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "UF;true",
                "URX,UF;true",
                "UF,URX;true",
                "URX;false",
                "-;false",
                "UFX;false",
                "XUF;false",
                "DC;false"
            })
    void flagsAreTokens(String flags, boolean expected) {
        assertThat(Pattern.matches(Requests.flags(List.of("UF", "NR")), flags)).isEqualTo(expected);
    }
}
