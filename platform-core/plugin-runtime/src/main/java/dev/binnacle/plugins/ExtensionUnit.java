package dev.binnacle.plugins;

import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.context.TextEndpoint;
import java.lang.System.Logger.Level;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One extension of a loaded plugin: its state, its reason, the page it serves. Used by several threads. */
final class ExtensionUnit {
    private static final System.Logger LOG = System.getLogger(ExtensionUnit.class.getName());

    /** {@code forGood} when starting it again could not help. */
    private record Condition(ExtensionState state, String reason, boolean forGood) {}

    private final PluginManifest plugin;
    private final ExtensionDescriptor descriptor;
    private volatile Condition condition = new Condition(ExtensionState.RESOLVED, "", false);
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

    String plugin() {
        return plugin.id();
    }

    void become(ExtensionState state, String reason) {
        become(new Condition(state, oneLine(reason), false));
    }

    /** It failed in a way that trying again would only repeat. */
    void failForGood(String reason) {
        become(new Condition(ExtensionState.FAILED, oneLine(reason), true));
    }

    /** Tells whether it failed and may be started again. */
    boolean mayRecover() {
        var now = condition;
        return now.state() == ExtensionState.FAILED && !now.forGood();
    }

    private void become(Condition next) {
        var before = condition;
        condition = next;
        if (before.state() != next.state()) {
            boolean bad = next.state() == ExtensionState.FAILED || next.state() == ExtensionState.DEGRADED;
            LOG.log(
                    bad ? Level.WARNING : Level.INFO,
                    "extension state id={0} plugin={1} from={2} to={3} reason={4}",
                    id(),
                    plugin.id(),
                    before.state().text(),
                    next.state().text(),
                    next.reason());
        }
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

    /** What a plugin says goes into a log whose events are lines. */
    private static String oneLine(String reason) {
        return reason.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private boolean isRunning() {
        return switch (condition.state()) {
            case OK, DEGRADED, FAILED -> true;
            case RESOLVED, STARTING, STOPPING, STOPPED -> false;
        };
    }
}
