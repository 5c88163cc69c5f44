package dev.binnacle.plugins;

import dev.binnacle.spi.ExtensionFactory;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.collect.ReceiverFactory;
import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.generate.GeneratorFactory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds what a plugin contributes and compares it with what its manifest declares. */
final class ExtensionLookup {
    private ExtensionLookup() {}

    /** Returns the plugin's extensions, sorted by id. Runs the plugin's code: call it guarded. */
    static List<FoundExtension> find(ClassLoader plugin) throws PluginRefusedException {
        var found = new ArrayList<FoundExtension>();
        found.addAll(find(plugin, CollectorFactory.class, ExtensionKind.COLLECTOR));
        found.addAll(find(plugin, ReceiverFactory.class, ExtensionKind.COLLECTOR));
        found.addAll(find(plugin, ExporterFactory.class, ExtensionKind.EXPORTER));
        found.addAll(find(plugin, GeneratorFactory.class, ExtensionKind.GENERATOR));
        found.sort(Comparator.comparing(FoundExtension::id));
        return List.copyOf(found);
    }

    /** Refuses a plugin whose manifest promises more, less or something else than it has. */
    static void requireDeclared(PluginManifest manifest, List<FoundExtension> found) throws PluginRefusedException {
        var ids = found.stream().map(FoundExtension::id).toList();
        if (ids.stream().distinct().count() < ids.size()) {
            throw new PluginRefusedException("contributes an extension twice: " + ids);
        }
        var missing =
                manifest.extensions().stream().filter(id -> !ids.contains(id)).toList();
        if (!missing.isEmpty()) {
            throw new PluginRefusedException("declares " + String.join(", ", missing) + " but contributes "
                    + (ids.isEmpty() ? "nothing" : String.join(", ", ids))
                    + ". Name its factory in META-INF/services, under the factory's interface");
        }
        var extra =
                ids.stream().filter(id -> !manifest.extensions().contains(id)).toList();
        if (!extra.isEmpty()) {
            throw new PluginRefusedException(
                    "contributes " + String.join(", ", extra) + ", which plugin.extensions does not declare");
        }
    }

    private static <F extends ExtensionFactory<?>> List<FoundExtension> find(
            ClassLoader plugin, Class<F> type, ExtensionKind kind) throws PluginRefusedException {
        var found = new ArrayList<FoundExtension>();
        for (F factory : ServiceLoader.load(type, plugin)) {
            var descriptor = factory.descriptor();
            if (descriptor.kind() != kind) {
                throw new PluginRefusedException(descriptor.id() + " is listed as a " + kind.prefix()
                        + " and describes itself as a " + descriptor.kind().prefix());
            }
            found.add(new FoundExtension(descriptor, factory));
        }
        return found;
    }
}
