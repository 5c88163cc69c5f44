package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.testkit.TestContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** A collector of queries for one test. */
final class Queries implements AutoCloseable {
    /** The time of the answers in tests, and of the runs. */
    static final Instant AT = Instant.parse("2026-01-01T00:00:00.250Z");

    private final TestContext context;
    private final Collector collector;

    private Queries(TestContext context, Collector collector) {
        this.context = context;
        this.collector = collector;
    }

    /** @param settings names and values, besides the file */
    static Queries of(Path file, String... settings) throws Exception {
        var written = new LinkedHashMap<String, String>(Map.of("config-file", file.toString()));
        for (int i = 0; i < settings.length; i += 2) {
            written.put(settings[i], settings[i + 1]);
        }
        var factory = new PrometheusQueryFactory();
        var context = TestContext.of(factory, written);
        return new Queries(context, factory.create(context));
    }

    /** Writes a file with these queries to the server at {@code address}. */
    static Path file(Path folder, String address, String queries) throws IOException {
        return Files.writeString(
                folder.resolve("queries.yml"), "url: http://" + address + "\ntimeout: 3s\nqueries:\n" + queries);
    }

    /** An answer of Prometheus with this result. */
    static FakeTarget.Answer vector(String result) {
        return answer("200 OK", """
                {"status":"success","data":{"resultType":"vector","result":[%s]}}""".formatted(result));
    }

    static FakeTarget.Answer answer(String status, String json) {
        return FakeTarget.answer(status, "Content-Type: application/json\r\n", json.getBytes(StandardCharsets.UTF_8));
    }

    /** One series of a result, at the time of the run. */
    static String series(String labels, String value) {
        return "{\"metric\":{%s},\"value\":[1767225600.25,\"%s\"]}".formatted(labels, value);
    }

    /** Runs once; the values by series, without how long it took. */
    Map<String, Double> collect() throws Exception {
        return collect(AT);
    }

    Map<String, Double> collect(Instant at) throws Exception {
        var values = new LinkedHashMap<String, Double>();
        for (Sample sample : collector.collect(at)) {
            values.put(sample.series().toString(), sample.value());
        }
        values.keySet().removeIf(series -> series.startsWith("binnacle_query_duration_seconds"));
        return values;
    }

    Collector collector() {
        return collector;
    }

    @Override
    public void close() {
        collector.close();
        context.close();
    }
}
