package dev.binnacle.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads a plugin's packed zip as the platform does: it contributes what it declares, and nothing needs the test's class path. */
public abstract class PackedPluginContract {
    @TempDir
    Path folder;

    /** Returns the zip, relative to the module. */
    protected abstract String zip();

    /** Returns the extension that the plugin contributes. */
    protected abstract String extension();

    /** Looks at the running extension more closely; does nothing unless overridden. */
    protected void use(RunningExtension extension, PluginRuntime runtime) throws Exception {}

    @Test
    void theZipRunsInThePlatform() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.copy(Path.of(zip()), plugins.resolve("plugin.zip"));
        var host = new TestHost();
        try (var runtime = new PluginRuntime(plugins, folder.resolve("work"), Limits.DEFAULT, host, host)) {
            runtime.refresh();
            assertThat(runtime.statuses()).singleElement().satisfies(status -> {
                assertThat(status.id()).isEqualTo(extension());
                assertThat(status.state()).as(status.reason()).isEqualTo(ExtensionState.OK);
            });
            use(host.running.get(extension()), runtime);
        }
    }
}
