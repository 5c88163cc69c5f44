package dev.binnacle.spi.testkit;

import dev.binnacle.spi.ExtensionFactory;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.context.MeshView;
import dev.binnacle.spi.context.Meters;
import dev.binnacle.spi.context.Proxy;
import dev.binnacle.spi.context.TextEndpoint;
import dev.binnacle.spi.context.Timers;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A host for one extension under test: a clock that the test turns, timers that the test runs, a real HTTP client, a
 * mesh that the test lays out.
 */
public final class TestContext implements ExtensionContext, AutoCloseable {
    private final Settings settings;
    private final ManualClock clock = new ManualClock();
    private final Map<String, Double> meters = new ConcurrentSkipListMap<>();
    private final List<Runnable> timers = new CopyOnWriteArrayList<>();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();
    private volatile List<Proxy> proxies = List.of();
    private volatile @Nullable TextEndpoint endpoint;

    private TestContext(Settings settings) {
        this.settings = settings;
    }

    /**
     * Returns a host in which the user has written these settings.
     *
     * @throws InvalidConfigException when the factory's descriptor does not allow them
     */
    public static TestContext of(ExtensionFactory<?> factory, Map<String, String> written)
            throws InvalidConfigException {
        return new TestContext(Settings.bind(factory.descriptor().settings(), written));
    }

    /** Replaces the Envoys of the mesh. */
    public void layOut(Proxy... newProxies) {
        proxies = List.of(newProxies);
    }

    /** Returns the values of the extension's own meters, by name. */
    public Map<String, Double> meterValues() {
        return Map.copyOf(meters);
    }

    /** Runs every timer's task once, as if its period had passed. */
    public void tick() {
        timers.forEach(Runnable::run);
    }

    /**
     * Returns the page that the extension serves.
     *
     * @throws IllegalStateException when it serves none
     */
    public String page() throws IOException {
        var served = endpoint;
        if (served == null) {
            throw new IllegalStateException("the extension serves no page");
        }
        var text = new StringBuilder();
        served.write(text);
        return text.toString();
    }

    @Override
    public ManualClock clock() {
        return clock;
    }

    @Override
    public HttpClient http() {
        return http;
    }

    @Override
    public Timers timers() {
        return (period, task) -> {
            timers.add(task);
            return () -> timers.remove(task);
        };
    }

    @Override
    public Meters meters() {
        return new Meters() {
            @Override
            public Counter counter(String name, String help) {
                return amount -> meters.merge(name, amount, Double::sum);
            }

            @Override
            public Gauge gauge(String name, String help) {
                return value -> meters.put(name, value);
            }
        };
    }

    @Override
    public System.Logger log() {
        return System.getLogger(TestContext.class.getName());
    }

    @Override
    public Settings settings() {
        return settings;
    }

    @Override
    public MeshView mesh() {
        return () -> proxies;
    }

    @Override
    public void serve(TextEndpoint newEndpoint) {
        endpoint = newEndpoint;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
