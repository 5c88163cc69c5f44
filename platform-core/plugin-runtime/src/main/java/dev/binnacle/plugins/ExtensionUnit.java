package dev.binnacle.plugins;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.context.TextEndpoint;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One extension of a loaded plugin: its state, its reason, the page it serves. Used by several threads. */
final class ExtensionUnit {
    private record Condition(ExtensionState state, String reason) {}

    private final PluginManifest plugin;
    private final ExtensionDescriptor descriptor;
    private volatile Condition condition = new Condition(ExtensionState.RESOLVED, "");
    private volatile @Nullable TextEndpoint endpoint;

    ExtensionUnit(PluginManifest plugin, ExtensionDescriptor descriptor) {
        this.plugin = plugin;
        this.descriptor = descriptor;
    }

    String id() {
        return descriptor.id();
    }

    ExtensionDescriptor descriptor() {
        return descriptor;
    }

    ExtensionState state() {
        return condition.state();
    }

    @Nullable
    TextEndpoint endpoint() {
        return endpoint;
    }

    void serve(@Nullable TextEndpoint newEndpoint) {
        endpoint = newEndpoint;
    }

    void become(ExtensionState state, String reason) {
        condition = new Condition(state, reason);
    }

    /** A call succeeded; changes nothing once the extension is being stopped. */
    void succeeded() {
        if (isRunning()) {
            become(ExtensionState.OK, "");
        }
    }

    /** A call failed; {@code hangs} when an earlier one has not even ended. */
    void failed(String reason, boolean hangs) {
        if (isRunning()) {
            become(hangs ? ExtensionState.FAILED : ExtensionState.DEGRADED, reason);
        }
    }

    ExtensionStatus status() {
        var now = condition;
        return new ExtensionStatus(
                id(),
                descriptor.kind().prefix(),
                plugin.id(),
                plugin.version(),
                now.state(),
                descriptor.stability().name().toLowerCase(Locale.ROOT),
                now.reason());
    }

    private boolean isRunning() {
        return switch (condition.state()) {
            case OK, DEGRADED, FAILED -> true;
            case RESOLVED, STARTING, STOPPING, STOPPED -> false;
        };
    }
}
