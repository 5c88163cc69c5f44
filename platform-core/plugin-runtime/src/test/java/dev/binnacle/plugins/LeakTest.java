package dev.binnacle.plugins;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.plugins.supply.Trust;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plugin leaves behind is named. A thread that each of these plugins leaves as well undoes it at the test's end. */
class LeakTest {
    private static final String KEEPER = """
            package demo;
            class Keeper extends Thread {
                private final Runnable undo;
                Keeper(Runnable undo) { super("lingering"); this.undo = undo; setDaemon(true); }
                public void run() {
                    while (!new java.io.File("%s").exists()) {
                        try { Thread.sleep(20); } catch (InterruptedException e) {}
                    }
                    undo.run();
                }
            }
            """;
    private static final String THINGS = """
            package demo;
            public class Things implements ThingsMBean {
                static class Provide extends java.security.Provider { Provide() { super("leaky", "1", ""); } }
                static class Handle extends java.util.logging.Handler {
                    public void publish(java.util.logging.LogRecord record) {}
                    public void flush() {}
                    public void close() {}
                }
                static final ThreadLocal<Things> LOCAL = new ThreadLocal<>();
                static final java.util.logging.Logger LOG = java.util.logging.Logger.getLogger("leaky");
                static final javax.management.MBeanServer BEANS = java.lang.management.ManagementFactory.getPlatformMBeanServer();
                static javax.management.ObjectName name() {
                    try { return new javax.management.ObjectName("leaky:type=Left"); } catch (Exception e) { throw new IllegalStateException(e); }
                }
                static class Catch implements Thread.UncaughtExceptionHandler { public void uncaughtException(Thread t, Throwable e) {} }
                static class Drive implements java.sql.Driver {
                    public java.sql.Connection connect(String url, java.util.Properties info) { return null; }
                    public boolean acceptsURL(String url) { return false; }
                    public java.sql.DriverPropertyInfo[] getPropertyInfo(String u, java.util.Properties i) { return null; }
                    public int getMajorVersion() { return 1; }
                    public int getMinorVersion() { return 1; }
                    public boolean jdbcCompliant() { return false; }
                    public java.util.logging.Logger getParentLogger() { return LOG; }
                }
                static void unchecked(java.util.concurrent.Callable<?> work) {
                    try { work.call(); } catch (Exception e) { throw new IllegalStateException(e); }
                }
            }
            """;
    private static final String BODY = """
            Object[] kept = new Object[1];
            Things.unchecked(() -> { %s; return null; });
            new Keeper(() -> Things.unchecked(() -> { %s; return null; })).start();
            return List.of();
            """;

    @TempDir
    Path folder;

    private final TestHost host = new TestHost();
    private final ExecutorService hostThread =
            Executors.newSingleThreadExecutor(work -> new Thread(null, work, "host-thread", 0, false));
    private PluginRuntime runtime;
    private Path end;

    @BeforeAll
    static void quiet() {
        Logger.getLogger("dev.binnacle.plugins").setLevel(Level.OFF);
    }

    @BeforeEach
    void start() throws IOException {
        host.now = Instant.EPOCH;
        System.getProperties().put("host-thread", hostThread);
        end = folder.resolve("end");
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        runtime = new PluginRuntime(plugins, folder.resolve("work"), Limits.DEFAULT, Trust.EVERYBODY, host, host);
    }

    @AfterEach
    void stop() throws IOException {
        Files.writeString(end, "");
        runtime.close();
        System.getProperties().remove("host-thread");
        hostThread.shutdownNow();
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("lingering")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "thread | lingering | return null | return null",
                "mbean | leaky:type=Left | Things.BEANS.registerMBean(new Things(), Things.name()) | Things.BEANS.unregisterMBean(Things.name())",
                "security-provider | demo.Things$Provide | java.security.Security.addProvider(new Things.Provide()) | java.security.Security.removeProvider(\"leaky\")",
                "jdbc-driver | demo.Things$Drive | java.sql.DriverManager.registerDriver((java.sql.Driver) (kept[0] = new Things.Drive())) | java.sql.DriverManager.deregisterDriver((java.sql.Driver) kept[0])",
                "shutdown-hook | hook | Runtime.getRuntime().addShutdownHook((Thread) (kept[0] = new Thread(() -> {}, \"hook\"))) | Runtime.getRuntime().removeShutdownHook((Thread) kept[0])",
                "thread-local | demo.Things of thread host-thread | ((java.util.concurrent.ExecutorService) System.getProperties().get(\"host-thread\")).submit(() -> Things.LOCAL.set(new Things())).get() | return null",
                "log-handler | demo.Things$Handle | Things.LOG.addHandler((java.util.logging.Handler) (kept[0] = new Things.Handle())) | Things.LOG.removeHandler((java.util.logging.Handler) kept[0])",
                "exception-handler | demo.Things$Catch | Thread.setDefaultUncaughtExceptionHandler(new Things.Catch()) | Thread.setDefaultUncaughtExceptionHandler(null)",
            })
    void itIsNamed(String what, String name, String doing, String undoing) throws Exception {
        PluginZip.withCollector("leaky", BODY.formatted(statement(doing), statement(undoing)))
                .source("Things", THINGS)
                .source("ThingsMBean", "package demo; public interface ThingsMBean {}")
                .source("Keeper", KEEPER.formatted(end))
                .writeTo(folder.resolve("plugins"));
        runtime.refresh();
        host.collector("collector-leaky").collect(Instant.EPOCH);
        assertThat(runtime.leaks()).isEmpty();

        Files.delete(folder.resolve("plugins/leaky.zip"));
        runtime.refresh();
        host.now = host.now.plusSeconds(3);
        runtime.supervise();
        assertThat(runtime.leaks())
                .anySatisfy(leak -> assertThat(leak)
                        .extracting(Leak::plugin, Leak::version, Leak::what)
                        .containsExactly("leaky", "1.0.0", what))
                .anySatisfy(leak -> assertThat(leak.name()).startsWith(name));
        assertThat(runtime.oldLoaders()).isEqualTo(1);
    }

    @Test
    void aTidyPluginIsForgotten() throws Exception {
        PluginZip.withCollector("tidy", "return List.of();").writeTo(folder.resolve("plugins"));
        runtime.refresh();
        host.collector("collector-tidy").collect(Instant.EPOCH);
        Files.delete(folder.resolve("plugins/tidy.zip"));
        runtime.refresh();
        host.now = host.now.plusSeconds(3);
        Awaitility.await().until(() -> {
            System.gc();
            runtime.supervise();
            return runtime.oldLoaders() == 0;
        });
        assertThat(runtime.leaks()).isEmpty();
    }

    private static String statement(String text) {
        return text.equals("return null") ? "" : text;
    }
}
