package dev.binnacle.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.binnacle.spi.ExtensionFactory;
import dev.binnacle.spi.config.InvalidConfigException;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/**
 * What holds for extensions of every kind.
 *
 * @param <T> what the factory makes
 */
public abstract class ExtensionContract<T> {
    /** Returns the factory under test. */
    protected abstract ExtensionFactory<T> factory();

    /** Returns what the user has written; nothing unless overridden. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** Returns a new host with {@link #settings}. The test closes it. */
    protected TestContext newContext() throws InvalidConfigException {
        return TestContext.of(factory(), settings());
    }

    abstract Class<? extends ExtensionFactory<?>> service();

    @Test
    void theDescriptorNeverChanges() {
        assertThat(factory().descriptor()).isEqualTo(factory().descriptor());
    }

    @Test
    void theFactoryIsListedAsAService() {
        assertThat(ServiceLoader.load(service()))
                .as("add the factory's name to META-INF/services/%s", service().getName())
                .anyMatch(found -> found.getClass().equals(factory().getClass()));
    }

    @Test
    void anUnknownSettingIsReported() {
        assertThatThrownBy(() -> TestContext.of(factory(), Map.of("no-such-setting", "1")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("no-such-setting: there is no such setting");
    }

    @Test
    void everySettingIsDescribed() {
        assertThat(factory().descriptor().settings())
                .allSatisfy(key -> assertThat(key.description()).as(key.name()).isNotBlank());
    }
}
