package dev.binnacle.plugin.exporter.file;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.testkit.ExporterContract;
import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;

class FileExporterContractTest extends ExporterContract {
    @TempDir
    private Path folder;

    @Override
    protected ExporterFactory factory() {
        return new FileExporterFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("file", file().toString());
    }

    @Override
    protected Map<String, Double> received(TestContext context) throws Exception {
        var json = new JsonMapper();
        var values = new TreeMap<String, Double>();
        for (String line : Files.readAllLines(file())) {
            var sample = json.readTree(line);
            var labels = new StringBuilder("{");
            sample.get("labels")
                    .fields()
                    .forEachRemaining(label -> labels.append(labels.length() > 1 ? "," : "")
                            .append(label.getKey())
                            .append('=')
                            .append(label.getValue()));
            values.put(
                    sample.get("name").asText() + labels + "}",
                    sample.get("value").asDouble());
        }
        return values;
    }

    /** A folder in its place: no permission keeps every user from writing. */
    @Override
    protected boolean breakReceiver() {
        move(file(), aside());
        try {
            Files.createDirectories(file().resolve("in-the-way"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return true;
    }

    @Override
    protected void repairReceiver() {
        try {
            Files.deleteIfExists(file().resolve("in-the-way"));
            Files.deleteIfExists(file());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        move(aside(), file());
    }

    private static void move(Path from, Path to) {
        try {
            if (Files.exists(from)) {
                Files.move(from, to);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file() {
        return folder.resolve("metrics/samples.jsonl");
    }

    private Path aside() {
        return folder.resolve("aside.jsonl");
    }
}
