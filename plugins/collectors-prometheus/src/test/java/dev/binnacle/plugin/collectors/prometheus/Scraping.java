package dev.binnacle.plugin.collectors.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.prometheus.config.ConfigFile;
import dev.binnacle.prometheus.exposition.TextWriter;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.spi.collect.Intake;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Span;
import dev.binnacle.spi.model.Staleness;
import dev.binnacle.spi.testkit.TestContext;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A running scraper, and what it has handed over, scrape by scrape. */
final class Scraping implements Intake, AutoCloseable {
    static final ScrapeOptions SMALL = new ScrapeOptions(AddressRule.STANDARD, 1 << 20, 1000);

    private final List<List<Sample>> scrapes = new CopyOnWriteArrayList<>();
    private final TestContext context;
    private final ScrapeReceiver receiver;

    private Scraping(String config, Path folder, ScrapeOptions options) throws Exception {
        context = TestContext.of(new PrometheusScrapeFactory(), Map.of("config-file", "unused"));
        receiver = new ScrapeReceiver(
                ConfigFile.read("test.yml", config, folder, Map.of()).scrapeConfigs(),
                options,
                InstantSource.system(),
                context.meters(),
                context.log());
        receiver.start(this);
    }

    /** Scrapes by the jobs of this file. */
    static Scraping of(String config, Path folder) throws Exception {
        return new Scraping(config, folder, SMALL);
    }

    static Scraping of(String config, ScrapeOptions options) throws Exception {
        return new Scraping(config, Path.of("."), options);
    }

    /** Scrapes one target every 200 ms, with these further options of its job. */
    static Scraping of(FakeTarget target, String options) throws Exception {
        return of(job(target.address(), options), Path.of("."));
    }

    static String job(String address, String options) {
        return """
                scrape_configs:
                  - job_name: test
                    scrape_interval: 200ms
                    scrape_timeout: 200ms
                    static_configs: [{targets: ['%s']}]
                """.formatted(address) + options.indent(4);
    }

    /** What a test changes. */
    interface Change {
        void make() throws Exception;
    }

    /** Makes a change and returns the first scrape since it began that is as wanted, however quick it was. */
    Map<String, String> next(Change change, Predicate<Map<String, String>> wanted) throws Exception {
        int from = scrapes.size();
        change.make();
        return next(from, wanted);
    }

    /** Returns the first scrape from now on that is as wanted. */
    Map<String, String> next(Predicate<Map<String, String>> wanted) {
        return next(scrapes.size(), wanted);
    }

    private Map<String, String> next(int from, Predicate<Map<String, String>> wanted) {
        var found = new ArrayList<Map<String, String>>();
        Awaitility.await().until(() -> {
            for (var scrape : scrapes.subList(from, scrapes.size())) {
                var shown = shown(scrape);
                if (wanted.test(shown)) {
                    found.add(shown);
                    return true;
                }
            }
            return false;
        });
        return found.getFirst();
    }

    /** Returns a scrape that failed. */
    Map<String, String> failed() {
        return next(Scraping::isFailed);
    }

    /** Makes a change and returns the first scrape since that failed. */
    Map<String, String> failed(Change change) throws Exception {
        return next(change, Scraping::isFailed);
    }

    private static boolean isFailed(Map<String, String> scrape) {
        return "0".equals(scrape.get(report("up")));
    }

    /** Returns a scrape that succeeded. */
    Map<String, String> succeeded() {
        return next(scrape -> "1".equals(scrape.get(report("up"))));
    }

    /** Returns all scrapes so far, as they were handed over. */
    List<List<Sample>> scrapes() {
        return List.copyOf(scrapes);
    }

    /** Returns those that succeeded. */
    List<List<Sample>> good() {
        return scrapes.stream()
                .filter(scrape -> "1".equals(shown(scrape).get(report("up"))))
                .toList();
    }

    Map<String, Double> meters() {
        return context.meterValues();
    }

    /** Returns the key of a report about a scrape, whatever its instance. */
    static String report(String name) {
        return name + "{}";
    }

    static Map<String, String> shown(List<Sample> samples) {
        var shown = new TreeMap<String, String>();
        for (var sample : samples) {
            var labels = sample.series().labels().toMap();
            assertThat(labels).containsKeys("instance", "job");
            String value = Staleness.isMarker(sample.value()) ? "stale" : TextWriter.number(sample.value());
            String key = key(sample.series().name(), labels);
            assertThat(shown.put(key, value)).as("%s twice", key).isNull();
        }
        return shown;
    }

    /** Returns name and labels, but for those that every series of the only target has. */
    static String key(String name, TreeMap<String, String> labels) {
        labels.remove("instance");
        labels.remove("job", "test");
        var key = new StringBuilder(name).append('{');
        labels.forEach((label, text) -> key.append(key.charAt(key.length() - 1) == '{' ? "" : ",")
                .append(label)
                .append('=')
                .append(text));
        return key.append('}').toString();
    }

    @Override
    public void samples(List<Sample> samples) {
        scrapes.add(List.copyOf(samples));
    }

    @Override
    public void spans(List<Span> spans) {
        throw new AssertionError("there are no spans");
    }

    @Override
    public void close() {
        receiver.close();
        context.close();
    }
}
