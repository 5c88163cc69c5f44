package dev.binnacle.spi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static final ConfigKey<URI> TARGET = new ConfigKey<>("target", ValueType.URL, null, "Where to look");
    private static final ConfigKey<Duration> PAUSE =
            new ConfigKey<>("pause", ValueType.DURATION, "15s", "Between looks");
    private static final ConfigKey<List<String>> NAMES = new ConfigKey<>("names", ValueType.LIST, "", "Whom to ask");
    private static final List<ConfigKey<?>> KEYS = List.of(TARGET, PAUSE, NAMES);

    @Test
    void whatIsWrittenHoldsAndTheFallbackOtherwise() throws Exception {
        var settings = Settings.bind(KEYS, Map.of("target", "http://127.0.0.1:9", "names", " a, b ,,c "));

        assertThat(settings.get(TARGET)).isEqualTo(URI.create("http://127.0.0.1:9"));
        assertThat(settings.get(PAUSE)).hasSeconds(15);
        assertThat(settings.get(NAMES)).containsExactly("a", "b", "c");
    }

    @Test
    void everyProblemIsReportedAtOnceInTheOrderOfTheKeys() {
        assertThatThrownBy(() -> Settings.bind(KEYS, Map.of("pause", "soon", "traget", "http://x")))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(ConfigProblem::toString)
                                .containsExactly(
                                        "pause: 'soon' is not valid. Write a duration such as 500ms, 15s or 1h30m",
                                        "target: a value is needed. Set it to an http or https URL",
                                        "traget: there is no such setting. Known settings are names, pause, target"));
    }

    @Test
    void nobodysPasswordIsInAMessage() {
        assertThatThrownBy(() -> Settings.bind(List.of(TARGET), Map.of("target", "http://me:se@cret@host:port/a@b")))
                .hasMessageContaining("'http://…@host:port/a@b' is not valid")
                .hasMessageNotContaining("cret");
    }

    @Test
    void aKeyThatIsNotDeclaredIsAMistakeOfTheExtension() throws Exception {
        var settings = Settings.bind(List.of(), Map.of());

        assertThatThrownBy(() -> settings.get(PAUSE)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFallbackIsValid() {
        assertThatThrownBy(() -> new ConfigKey<>("n", ValueType.INTEGER, "many", "How many"))
                .hasMessage("the fallback of n must be a whole number, got many");
    }

    @ParameterizedTest
    @CsvSource({"500ms,500", "15s,15000", "1h30m,5400000", "1d,86400000", "1m5s,65000"})
    void durationsAreWrittenAsInPrometheus(String text, long millis) {
        assertThat(ValueType.DURATION.parser().apply(text)).hasMillis(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0s", "15", "-1s", "1.5s", "5s1m", "1s1s", "99999999999h", "PT5S"})
    void otherDurationsAreNot(String text) {
        assertThat(ValueType.DURATION.accepts(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://x", "x", "http:///x", "http://a b"})
    void onlyWebAddressesAreUrls(String text) {
        assertThat(ValueType.URL.accepts(text)).isFalse();
    }

    @Test
    void aFlagIsTrueOrFalse() {
        assertThat(ValueType.BOOLEAN.accepts("true")).isTrue();
        assertThat(ValueType.BOOLEAN.accepts("yes")).isFalse();
        assertThat(ValueType.TEXT.accepts("  ")).isFalse();
    }
}
