package dev.binnacle.local.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.binnacle.local.ExitCode;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.plugins.PluginZip;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PluginVerifyTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aGoodPluginLoads() throws IOException {
        Path zip = PluginZip.withCollector("good", "return List.of();").writeTo(folder);
        assertThat(run("plugin", "verify", zip.toString())).isEqualTo(ExitCode.OK);
        assertThat(out).hasToString("good 1.0.0 loads; it contributes collector-good\n");
    }

    @Test
    void everyReasonIsPrinted() throws IOException {
        Path zip = PluginZip.withCollector("bad", "System.exit(1); return List.of();")
                .property("plugin.requires", ">=9.0.0")
                .writeTo(folder);
        assertThat(run("plugin", "verify", zip.toString(), "--signed")).isEqualTo(ExitCode.NO);
        assertThat(out.toString())
                .contains("bad.zip.sig: is missing")
                .contains("demo.C0$1.collect calls System.exit")
                .contains("needs SPI >=9.0.0")
                .endsWith("bad 1.0.0 does not load: 3 reasons\n");
    }

    @Test
    void reasonsAreJsonForPrograms() throws IOException {
        Path zip = PluginZip.withCollector("bad", "System.exit(1); return List.of();")
                .writeTo(folder);
        assertThat(run("plugin", "verify", zip.toString(), "-o", "json")).isEqualTo(ExitCode.NO);
        var json = new ObjectMapper().readTree(out.toString());
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("file", "plugin", "version", "loads", "extensions", "reasons");
        assertThat(json.path("loads").asBoolean()).isFalse();
        assertThat(json.path("reasons").path(0).fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("where", "message", "fix");
    }

    @Test
    void aFileThatIsNotThereIsWrongUsage() {
        assertThat(run("plugin", "verify", "nowhere.zip")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("there is no file nowhere.zip");
    }

    private int run(String... arguments) {
        var layout = Layout.of(folder, Map.of());
        var context = new CliContext(layout, Map.of(), new PrintWriter(out), new PrintWriter(err));
        int code = BinnacleCommand.commandLine(context).execute(arguments);
        context.out().flush();
        context.err().flush();
        return code;
    }
}
