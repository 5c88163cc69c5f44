package dev.binnacle.mesh.schema;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The verdicts are those of Envoy 1.40, asked with {@code --mode validate}. */
class RegexLimitsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "a{1000}",
                "(a{30}){30}",
                "(a{10}){99}",
                "([a-z]{1,50}[0-9]{0,19}){1,19}",
                "a{0}b{,3}c{2,}{",
                "[[:word:]]+[]a]{2}[^]]",
                "\\Q{1}\\E",
                "\\x{ff}\\x{0}",
                "(|a)*(b|)+"
            })
    void isAccepted(String regex) {
        assertThat(RegexLimits.problem(regex)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{100}){100}){10}",
                "(a{2,40}){30}",
                "[acegikmoqsuwy]{1000}[acegikmoqsuwy]{1000}[acegikmoqsuwy]{1000}",
                "\\x{10FFFF}",
                "[^\\x00-\\x{100}]"
            })
    void isRefused(String regex) {
        assertThat(RegexLimits.problem(regex)).isPresent();
    }
}
