package dev.binnacle.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.supply.Trust;
import dev.binnacle.spi.context.Proxy;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Loads a plugin's packed zip as the platform does: it contributes what it declares, nothing needs the test's class path, and
 * nothing of it stays when it is unloaded.
 */
public abstract class PackedPluginContract {
    @TempDir
    Path folder;

    private final TestHost host = new TestHost();

    /** Returns the zip, relative to the module. */
    protected abstract String zip();

    /** Returns the extension that the plugin contributes. */
    protected abstract String extension();

    /** Returns the Envoys of the mesh; none unless overridden. */
    protected List<Proxy> proxies() throws Exception {
        return List.of();
    }

    /** Returns the extension's settings; none unless overridden. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    /** Uses the running extension, and looks at it more closely. */
    protected abstract void use(RunningExtension extension, PluginRuntime runtime) throws Exception;

    @BeforeEach
    void layOut() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(Path.of(zip()), plugins.resolve("plugin.zip"));
        host.proxies = proxies();
        host.settings.put(extension(), settings());
    }

    @Test
    void theZipRunsInThePlatform() throws Exception {
        try (var runtime = newRuntime()) {
            runtime.refresh();
            assertThat(runtime.statuses())
                    .filteredOn(status -> status.id().equals(extension()))
                    .singleElement()
                    .satisfies(status ->
                            assertThat(status.state()).as(status.reason()).isEqualTo(ExtensionState.OK));
            assertThat(runtime.statuses()).noneMatch(status -> status.state() == ExtensionState.FAILED);
            use(host.running.get(extension()), runtime);
        }
    }

    @Test
    void nothingKeepsThePluginsClassesAfterItsReload() throws Exception {
        try (var runtime = newRuntime()) {
            runtime.refresh();
            use(host.running.get(extension()), runtime);
            var loader = runtime.plugins()
                    .map(plugin -> new WeakReference<>(plugin.loader()))
                    .toList()
                    .getFirst();

            runtime.reloadAll();
            use(host.running.get(extension()), runtime);
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> {
                        System.gc();
                        return loader.refersTo(null);
                    });
        }
    }

    private PluginRuntime newRuntime() {
        return new PluginRuntime(
                folder.resolve("plugins"), folder.resolve("work"), Limits.DEFAULT, Trust.EVERYBODY, host, host);
    }
}
