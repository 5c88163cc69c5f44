package dev.binnacle.plugin.exporter.file;

import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.export.ExporterFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/** Makes {@code exporter-file}. */
public final class FileExporterFactory implements ExporterFactory {
    static final ConfigKey<Path> FILE = new ConfigKey<>(
            "file", new ValueType<>("the path of a file", FileExporterFactory::path), null, "Where to write");
    static final ConfigKey<Integer> MAX_BYTES = new ConfigKey<>(
            "max-bytes", ValueType.atLeast(1), "67108864", "A file that would grow larger is put aside, as FILE.1");
    static final ConfigKey<Integer> KEEP = new ConfigKey<>(
            "keep", ValueType.atLeast(0), "4", "How many files that were put aside are kept; the oldest is deleted");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.EXPORTER,
                "exporter-file",
                Stability.BETA,
                "Writes samples to a file as lines of JSON",
                List.of(FILE, MAX_BYTES, KEEP),
                new Capabilities(List.of(), List.of("{file}")));
    }

    @Override
    public Exporter create(ExtensionContext context) {
        var settings = context.settings();
        var file = new RotatedFile(settings.get(FILE), settings.get(MAX_BYTES), settings.get(KEEP));
        return new FileExporter(file, context.meters());
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text);
            if (path.getFileName() == null) {
                throw new IllegalArgumentException(text);
            }
            return path.toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
