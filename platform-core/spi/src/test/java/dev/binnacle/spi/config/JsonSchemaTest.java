package dev.binnacle.spi.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonSchemaTest {
    @Test
    void everySettingIsAPropertyAndThoseWithoutAFallbackAreRequired() {
        assertThat(JsonSchema.of(List.of(
                        new ConfigKey<>("url", ValueType.URL, null, "Where \"it\" is"),
                        new ConfigKey<>("every", ValueType.DURATION, "15s", "Pause"),
                        new ConfigKey<>("most", ValueType.INTEGER, "7", "How many"),
                        new ConfigKey<>("really", ValueType.BOOLEAN, "false", "Whether"),
                        new ConfigKey<>("other", new ValueType<>("red or blue", text -> text), "red", "Colour"))))
                .isEqualTo(
                        "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"type\":\"object\",\"properties\":{"
                                + "\"url\":{\"type\":\"string\",\"pattern\":\"^https?://\",\"description\":\"Where \\\"it\\\" is (an http or https URL)\"},"
                                + "\"every\":{\"type\":\"string\",\"pattern\":\"^([0-9]+(ms|[dhms]))+$\",\"description\":\"Pause (a duration such as 500ms, 15s or 1h30m)\",\"default\":\"15s\"},"
                                + "\"most\":{\"type\":\"integer\",\"description\":\"How many (a whole number)\",\"default\":7},"
                                + "\"really\":{\"type\":\"boolean\",\"description\":\"Whether (true or false)\",\"default\":false},"
                                + "\"other\":{\"type\":\"string\",\"description\":\"Colour (red or blue)\",\"default\":\"red\"}},"
                                + "\"required\":[\"url\"],\"additionalProperties\":false}");
    }

    @Test
    void numbersHaveTheirBounds() {
        assertThat(JsonSchema.of(List.of(
                        new ConfigKey<>("port", ValueType.between(0, 65535), "0", "Where"),
                        new ConfigKey<>("most", ValueType.atLeast(1), "7", "How many"))))
                .contains(
                        "{\"type\":\"integer\",\"minimum\":0,\"maximum\":65535,\"description\":\"Where (a whole number from 0 to 65535)\"")
                .contains(
                        "{\"type\":\"integer\",\"minimum\":1,\"description\":\"How many (a whole number, 1 or more)\"");
        assertThat(ValueType.between(0, 65535).accepts("65535")).isTrue();
        assertThat(ValueType.between(0, 65535).accepts("65536")).isFalse();
        assertThat(ValueType.atLeast(1).accepts("0")).isFalse();
        assertThat(ValueType.atLeast(1).accepts("2147483648")).isFalse();
    }

    @Test
    void secretsAreWrittenAndNeverRead() throws InvalidConfigException {
        var token = new ConfigKey<>("token", ValueType.secret(ValueType.INTEGER), null, "Who asks");

        assertThat(JsonSchema.of(List.of(token)))
                .contains(
                        "\"token\":{\"type\":\"integer\",\"description\":\"Who asks (a whole number)\",\"writeOnly\":true}");
        assertThat(Settings.bind(List.of(token), Map.of("token", "42")).get(token))
                .isEqualTo(42);
        assertThatThrownBy(() -> Settings.bind(List.of(token), Map.of("token", "hunter2")))
                .hasMessageContaining("token")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void noSettingsAreAnEmptyObject() {
        assertThat(JsonSchema.of(List.of())).contains("\"properties\":{}").contains("\"required\":[]");
    }
}
