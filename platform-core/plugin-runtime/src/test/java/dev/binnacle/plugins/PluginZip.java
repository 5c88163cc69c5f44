package dev.binnacle.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.spi.Spi;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.export.ExporterFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles and packs a plugin as its author's build would, mistakes included. */
public final class PluginZip {
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> sources = new TreeMap<>();
    private final Map<String, byte[]> classes = new TreeMap<>();
    private final Map<String, byte[]> extra = new TreeMap<>();

    private PluginZip(String id) {
        properties.put("plugin.id", id);
        properties.put("plugin.version", "1.0.0");
        properties.put("plugin.requires", ">=0.1.0");
    }

    public static PluginZip named(String id) {
        return new PluginZip(id);
    }

    /** A plugin with one collector, whose {@code collect} has this body. */
    public static PluginZip withCollector(String id, String body) {
        return named(id).collector("collector-" + id, body);
    }

    public PluginZip collector(String extensionId, String body) {
        return collector(extensionId, body, "");
    }

    public PluginZip collector(String extensionId, String body, String closeBody) {
        String name = "C" + sources.size();
        declare(extensionId);
        service(CollectorFactory.class, "demo." + name);
        return source(name, """
                package demo;
                import dev.binnacle.spi.*;
                import dev.binnacle.spi.collect.*;
                import dev.binnacle.spi.config.*;
                import dev.binnacle.spi.context.*;
                import dev.binnacle.spi.model.*;
                import java.time.*;
                import java.util.*;
                public class %1$s implements CollectorFactory {
                    static final MetricFamily SEEN = MetricFamily.gauge("seen", "", "Seen");
                    static final ConfigKey<Integer> VALUE = new ConfigKey<>("value", ValueType.INTEGER, "7", "What to report");
                    static final ConfigKey<List<String>> TOKENS = new ConfigKey<>("tokens", ValueType.secret(ValueType.LIST), "", "Who asks");
                    public ExtensionDescriptor descriptor() {
                        return new ExtensionDescriptor(ExtensionKind.COLLECTOR, "%2$s", Stability.BETA, "Test", List.of(VALUE, TOKENS));
                    }
                    public Collector create(ExtensionContext context) {
                        return new Collector() {
                            public List<Sample> collect(Instant at) throws CollectionException, InterruptedException { %3$s }
                            public void close() { %4$s }
                        };
                    }
                }
                """.formatted(name, extensionId, body, closeBody));
    }

    /** Adds an exporter that takes everything. */
    public PluginZip exporter(String extensionId) {
        String name = "E" + sources.size();
        declare(extensionId);
        service(ExporterFactory.class, "demo." + name);
        return source(name, """
                package demo;
                import dev.binnacle.spi.*;
                import dev.binnacle.spi.context.*;
                import dev.binnacle.spi.export.*;
                import dev.binnacle.spi.model.*;
                import java.util.*;
                public class %1$s implements ExporterFactory {
                    public ExtensionDescriptor descriptor() {
                        return new ExtensionDescriptor(ExtensionKind.EXPORTER, "%2$s", Stability.BETA, "Test", List.of());
                    }
                    public Exporter create(ExtensionContext context) {
                        return new Exporter() {
                            public void export(List<Sample> batch) {}
                            public void close() {}
                        };
                    }
                }
                """.formatted(name, extensionId));
    }

    public PluginZip source(String className, String text) {
        sources.put(className, text);
        return this;
    }

    public PluginZip declare(String extensionId) {
        properties.merge("plugin.extensions", extensionId, (before, more) -> before + ", " + more);
        return this;
    }

    public PluginZip property(String key, String value) {
        properties.put(key, value);
        return this;
    }

    public PluginZip service(Class<?> factory, String className) {
        extra.merge(
                "classes/META-INF/services/" + factory.getName(),
                (className + "\n").getBytes(StandardCharsets.UTF_8),
                (before, more) -> (new String(before, StandardCharsets.UTF_8)
                                + new String(more, StandardCharsets.UTF_8))
                        .getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public PluginZip file(String path, byte[] content) {
        extra.put(path, content);
        return this;
    }

    /** Writes {@code <plugin.id>.zip} into {@code directory}. */
    public Path writeTo(Path directory) throws IOException {
        compile();
        Path zip = directory.resolve(properties.get("plugin.id") + ".zip");
        try (var out = new ZipOutputStream(Files.newOutputStream(zip))) {
            var text = new StringBuilder();
            properties.forEach(
                    (key, value) -> text.append(key).append('=').append(value).append('\n'));
            put(out, PluginManifest.FILE, text.toString().getBytes(StandardCharsets.UTF_8));
            for (var entry : classes.entrySet()) {
                put(out, "classes/" + entry.getKey() + ".class", entry.getValue());
            }
            for (var entry : extra.entrySet()) {
                put(out, entry.getKey(), entry.getValue());
            }
        }
        return zip;
    }

    /** Returns the bytes of a class as the host has it. */
    static byte[] classBytes(Class<?> type) throws IOException {
        try (var in = type.getResourceAsStream("/" + type.getName().replace('.', '/') + ".class")) {
            return in.readAllBytes();
        }
    }

    /** Returns the first of the classes that are compiled from names and sources. */
    static byte[] compiled(String... namesAndSources) throws IOException {
        var zip = named("library");
        for (int i = 0; i < namesAndSources.length; i += 2) {
            zip.source(namesAndSources[i].replace('.', '/'), namesAndSources[i + 1]);
        }
        zip.compile();
        return zip.classes.get(namesAndSources[0].replace('.', '/'));
    }

    private static void put(ZipOutputStream out, String name, byte[] content) throws IOException {
        out.putNextEntry(new ZipEntry(name));
        out.write(content);
        out.closeEntry();
    }

    private void compile() throws IOException {
        if (sources.isEmpty()) {
            return;
        }
        var compiler = ToolProvider.getSystemJavaCompiler();
        Path output = Files.createTempDirectory("plugin-classes");
        var messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            // By URI, because a URL's path has %20 where the folder's name has a space.
            URL jar = Spi.class.getProtectionDomain().getCodeSource().getLocation();
            String spi = Path.of(URI.create(jar.toString())).toString();
            var options = List.of("-d", output.toString(), "-cp", spi, "-proc:none", "-nowarn");
            var units = sources.entrySet().stream().map(entry -> source(entry)).toList();
            boolean good = compiler.getTask(messages, files, null, options, null, units)
                    .call();
            assertThat(good).as(messages.toString()).isTrue();
        }
        collectClasses(output);
        WorkFolder.delete(output);
    }

    private void collectClasses(Path output) throws IOException {
        try (Stream<Path> files = Files.walk(output)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name =
                        output.relativize(file).toString().replace('\\', '/').replace(".class", "");
                classes.put(name, Files.readAllBytes(file));
            }
        }
    }

    private static JavaFileObject source(Map.Entry<String, String> entry) {
        URI uri = URI.create("string:///" + (entry.getKey().contains("/") ? "" : "demo/") + entry.getKey() + ".java");
        return new SimpleJavaFileObject(uri, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return entry.getValue();
            }

            @Override
            public OutputStream openOutputStream() {
                return new ByteArrayOutputStream();
            }
        };
    }
}
