package dev.binnacle.plugins;

import dev.binnacle.spi.Spi;

/**
 * All that plugins see of the host: the JDK, the SPI, its null annotations, and PF4J for the plugin's own life cycle.
 *
 * <p>The host's other libraries stay hidden, so that a plugin brings what it needs and gets exactly that version
 * (facts F11). Resources come from the JDK alone: the host's {@code META-INF/services} are not the plugin's.
 */
final class SpiClassLoader extends ClassLoader {
    private static final String[] SHARED = {"dev.binnacle.spi.", "org.jspecify.annotations.", "org.pf4j."};

    private final ClassLoader host = Spi.class.getClassLoader();

    SpiClassLoader() {
        super("binnacle-spi", ClassLoader.getPlatformClassLoader());
    }

    /** Tells whether a class with this name comes from the host, whatever the plugin contains. */
    static boolean shares(String className) {
        for (String prefix : SHARED) {
            if (className.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (shares(name)) {
            return host.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }
}
