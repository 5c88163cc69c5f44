package dev.binnacle.plugins;

import dev.binnacle.spi.context.MeshView;
import dev.binnacle.spi.context.Meters;
import java.time.InstantSource;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What the program that runs the plugins brings along. Used by several threads at once. */
public interface PluginHost {
    /** Returns the clock. */
    InstantSource clock();

    /** Returns where chance comes from: pauses differ by it. */
    default RandomGenerator random() {
        return RandomGenerator.getDefault();
    }

    /** Returns the view of the mesh that extensions get. */
    MeshView mesh();

    /** Returns what the user wrote for this extension; empty when nothing. */
    Map<String, String> settings(String extensionId);

    /** Returns the logger that this extension gets. */
    default System.Logger log(String extensionId) {
        return System.getLogger("dev.binnacle.plugin." + extensionId);
    }

    /** Returns new meters for this extension. */
    HostMeters meters(String extensionId);

    /** The meters of one extension, which vanish when they are closed. */
    interface HostMeters extends Meters, AutoCloseable {
        @Override
        void close();
    }
}
