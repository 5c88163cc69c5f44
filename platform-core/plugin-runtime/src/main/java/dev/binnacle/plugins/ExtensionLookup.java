package dev.binnacle.plugins;

import dev.binnacle.plugins.supply.Objection;
import dev.binnacle.spi.ExtensionFactory;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.collect.ReceiverFactory;
import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.generate.GeneratorFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Finds what a plugin contributes and compares it with what its manifest declares. Runs the plugin's code: call it guarded. */
final class ExtensionLookup {
    private final ClassLoader plugin;
    private final List<FoundExtension> extensions = new ArrayList<>();
    private final List<Objection> objections = new ArrayList<>();

    private ExtensionLookup(ClassLoader plugin) {
        this.plugin = plugin;
    }

    /**
     * Returns the plugin's extensions, sorted by id.
     *
     * @throws PluginRefusedException with every factory that cannot be made, and whatever the manifest promises more, less or else
     */
    static List<FoundExtension> find(ClassLoader plugin, PluginManifest manifest) throws PluginRefusedException {
        var lookup = new ExtensionLookup(plugin);
        lookup.find(CollectorFactory.class, ExtensionKind.COLLECTOR);
        lookup.find(ReceiverFactory.class, ExtensionKind.COLLECTOR);
        lookup.find(ExporterFactory.class, ExtensionKind.EXPORTER);
        lookup.find(GeneratorFactory.class, ExtensionKind.GENERATOR);
        lookup.compareWith(manifest);
        if (!lookup.objections.isEmpty()) {
            throw new PluginRefusedException(lookup.objections, null);
        }
        lookup.extensions.sort(Comparator.comparing(FoundExtension::id));
        return List.copyOf(lookup.extensions);
    }

    private <F extends ExtensionFactory<?>> void find(Class<F> type, ExtensionKind kind) {
        var factories = ServiceLoader.load(type, plugin).iterator();
        var before = "";
        while (true) {
            try {
                if (!factories.hasNext()) {
                    return;
                }
                add(factories.next(), kind);
            } catch (ServiceConfigurationError e) {
                String message = String.valueOf(e.getMessage());
                if (message.equals(before)) {
                    return;
                }
                before = message;
                object(
                        "META-INF/services",
                        message,
                        "Name a public class with a public constructor without parameters");
            }
        }
    }

    private void add(ExtensionFactory<?> factory, ExtensionKind kind) {
        var descriptor = factory.descriptor();
        if (descriptor.kind() == kind) {
            extensions.add(new FoundExtension(descriptor, factory));
        } else {
            object(
                    descriptor.id(),
                    "is listed as a " + kind.prefix() + " and describes itself as a "
                            + descriptor.kind().prefix(),
                    "List it under the factory of its kind");
        }
    }

    private void compareWith(PluginManifest manifest) {
        var ids = new TreeSet<String>();
        for (var extension : extensions) {
            if (!ids.add(extension.id())) {
                object(extension.id(), "is contributed twice", "Give each extension an id of its own");
            }
        }
        var missing = new TreeSet<>(manifest.extensions());
        missing.removeAll(ids);
        if (!missing.isEmpty() && objections.isEmpty()) {
            object(
                    "",
                    "declares " + String.join(", ", missing) + " but contributes "
                            + (ids.isEmpty() ? "nothing" : String.join(", ", ids)),
                    "Name its factory in META-INF/services, under the factory's interface");
        }
        manifest.extensions().forEach(ids::remove);
        if (!ids.isEmpty()) {
            object(
                    "",
                    "contributes " + String.join(", ", ids) + ", which plugin.extensions does not declare",
                    "Declare it in plugin.properties");
        }
    }

    private void object(String where, String message, String fix) {
        objections.add(new Objection(where, message, fix));
    }
}
