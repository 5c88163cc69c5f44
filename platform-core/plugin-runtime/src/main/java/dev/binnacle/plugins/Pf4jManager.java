package dev.binnacle.plugins;

import dev.binnacle.spi.Spi;
import java.nio.file.Path;
import org.pf4j.BasePluginLoader;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultExtensionFinder;
import org.pf4j.DefaultPluginClasspath;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PropertiesPluginDescriptorFinder;

/**
 * PF4J as this platform needs it: unpacked plugins described by {@code plugin.properties}, whose class loaders see the
 * plugin first and of the host only the SPI.
 *
 * <p>Extensions are found by {@link ExtensionLookup} and not by PF4J, whose finder logs what goes wrong and reports a plugin
 * without extensions.
 */
final class Pf4jManager extends DefaultPluginManager {
    Pf4jManager(Path work) {
        super(work);
        // Left at 0.0.0, PF4J would not check plugin.requires at all (facts F11).
        setSystemVersion(Spi.VERSION);
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new PropertiesPluginDescriptorFinder();
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new DefaultExtensionFinder(this);
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        // The singleton one would keep instances, and with them the class loader, after an unload.
        return new DefaultExtensionFactory();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new IsolatingLoader(this);
    }

    private static final class IsolatingLoader extends BasePluginLoader {
        IsolatingLoader(Pf4jManager manager) {
            super(manager, new DefaultPluginClasspath());
        }

        @Override
        protected PluginClassLoader createPluginClassLoader(Path path, PluginDescriptor descriptor) {
            return new PluginClassLoader(pluginManager, descriptor, new SpiClassLoader()) {
                @Override
                protected boolean shouldDelegateToParent(String className) {
                    return SpiClassLoader.shares(className);
                }
            };
        }
    }
}
