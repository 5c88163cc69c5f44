package dev.binnacle.plugins;

import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.security.Security;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.logging.LogManager;
import javax.management.InstanceNotFoundException;
import org.jspecify.annotations.Nullable;

/**
 * Looks where the JVM keeps what a plugin can leave behind for good.
 *
 * <p>Thread-locals, shutdown hooks and JDBC drivers are in fields of the JDK's: they are seen when the JVM was started with
 * {@code --add-opens java.base/java.lang=ALL-UNNAMED} (as Quarkus' jars ask for by themselves) and {@code java.sql/java.sql}.
 */
final class LeakFinder {
    private final PluginManifest plugin;
    private final ClassLoader loader;
    private final TreeSet<String> seen = new TreeSet<>();
    private final List<Leak> leaks = new ArrayList<>();

    private LeakFinder(PluginManifest plugin, ClassLoader loader) {
        this.plugin = plugin;
        this.loader = loader;
    }

    /** Returns what refers to classes that {@code loader} made. */
    static List<Leak> find(PluginManifest plugin, ClassLoader loader) {
        var finder = new LeakFinder(plugin, loader);
        finder.threads();
        finder.hooks();
        finder.beans();
        finder.registries();
        return List.copyOf(finder.leaks);
    }

    private void threads() {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getContextClassLoader() == loader || isOurs(thread)) {
                add("thread", thread.getName());
            }
            for (String name : List.of("threadLocals", "inheritableThreadLocals")) {
                locals(thread, field(Thread.class, name, thread));
            }
        }
    }

    private void locals(Thread thread, @Nullable Object map) {
        var table = map == null ? null : field(map.getClass(), "table", map);
        for (int i = 0; table != null && i < Array.getLength(table); i++) {
            if (Array.get(table, i) instanceof Reference<?> entry) {
                var value = field(entry.getClass(), "value", entry);
                if (isOurs(entry.get()) || isOurs(value)) {
                    add(
                            "thread-local",
                            (value == null ? "" : value.getClass().getName() + " ") + "of thread " + thread.getName());
                }
            }
        }
    }

    private void hooks() {
        try {
            var type = Class.forName("java.lang.ApplicationShutdownHooks");
            if (field(type, "hooks", null) instanceof Map<?, ?> hooks) {
                for (Object hook : List.copyOf(hooks.keySet())) {
                    if (hook instanceof Thread thread && (thread.getContextClassLoader() == loader || isOurs(thread))) {
                        add("shutdown-hook", thread.getName());
                    }
                }
            }
        } catch (ClassNotFoundException e) {
            // Another JVM keeps them elsewhere.
        }
    }

    private void beans() {
        var server = ManagementFactory.getPlatformMBeanServer();
        for (var name : server.queryNames(null, null)) {
            try {
                if (server.getClassLoaderFor(name) == loader) {
                    add("mbean", name.toString());
                }
            } catch (InstanceNotFoundException e) {
                // Unregistered meanwhile.
            }
        }
    }

    private void registries() {
        for (var provider : Security.getProviders()) {
            addOurs("security-provider", provider);
        }
        if (field(DriverManager.class, "registeredDrivers", null) instanceof Collection<?> drivers) {
            for (Object info : drivers) {
                addOurs("jdbc-driver", field(info.getClass(), "driver", info));
            }
        }
        var loggers = LogManager.getLogManager();
        for (String name : Collections.list(loggers.getLoggerNames())) {
            var logger = loggers.getLogger(name);
            if (logger != null) {
                List.of(logger.getHandlers()).forEach(handler -> addOurs("log-handler", handler));
            }
        }
        addOurs("exception-handler", Thread.getDefaultUncaughtExceptionHandler());
    }

    private void addOurs(String what, @Nullable Object object) {
        if (object != null && isOurs(object)) {
            add(what, object.getClass().getName());
        }
    }

    private void add(String what, String name) {
        if (seen.add(what + " " + name)) {
            leaks.add(new Leak(plugin.id(), plugin.version(), what, name));
        }
    }

    private boolean isOurs(@Nullable Object object) {
        return object != null && object.getClass().getClassLoader() == loader;
    }

    private static @Nullable Object field(Class<?> type, String name, @Nullable Object of) {
        try {
            Field field = type.getDeclaredField(name);
            return field.trySetAccessible() ? field.get(of) : null;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }
}
