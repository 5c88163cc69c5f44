package dev.binnacle.spi;

import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.context.ExtensionContext;

/**
 * Makes one extension. The host finds factories through {@code META-INF/services}, under the name of the sub-interface for
 * their kind, and needs a public constructor without parameters.
 *
 * <p>A plugin's manifest lists the ids it contributes ({@code plugin.extensions}); a plugin whose factories and
 * manifest disagree is refused.
 *
 * @param <T> what it makes
 */
public interface ExtensionFactory<T> {
    /** Returns the same descriptor on every call, without side effects. */
    ExtensionDescriptor descriptor();

    /**
     * Makes the extension, ready to be used.
     *
     * <p>Called once for every start or reload, on a thread of the plugin and with a time limit. It should not wait for
     * other systems: one that is down now may be up at the first use.
     *
     * @param context what the host lends; valid until the extension is closed
     * @throws InvalidConfigException when settings that are valid one by one do not fit together
     */
    T create(ExtensionContext context) throws InvalidConfigException;
}
