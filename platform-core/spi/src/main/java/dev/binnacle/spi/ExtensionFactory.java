package dev.binnacle.spi;

import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.context.ExtensionContext;

/**
 * Makes one extension. The host finds factories through {@code META-INF/services}, under the name of the sub-interface for
 * their kind, and needs a public constructor without parameters.
 *
 * <p><b>Lifecycle.</b> A plugin's classes are loaded, its factories made and their descriptors read (Resolved); {@link #create} makes
 * the extension (Starting); it is used (OK after a call that succeeded, Degraded after one that failed); it is closed (Stopping, Stopped)
 * when its plugin is reloaded, upgraded, removed, or its settings change. One that cannot be made, or hangs, is Failed: the
 * host makes it anew with growing pauses, by the same factory or, where calls hang, by a new one with new classes. Whatever was
 * made is closed once, after its last call.
 *
 * <p><b>Threads.</b> All calls come on the few threads of the plugin, with the plugin's class loader as context and a time limit each:
 * a call that exceeds it is interrupted, and its result is ignored. What the extension starts by itself it has to end in {@code close()}.
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
