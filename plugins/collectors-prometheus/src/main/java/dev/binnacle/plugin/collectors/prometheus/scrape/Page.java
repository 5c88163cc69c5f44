package dev.binnacle.plugin.collectors.prometheus.scrape;

import dev.binnacle.plugin.collectors.prometheus.ScrapeOptions;
import dev.binnacle.plugin.collectors.prometheus.discovery.Target;
import dev.binnacle.prometheus.config.ScrapeConfig;
import dev.binnacle.prometheus.http.Deadline;
import dev.binnacle.prometheus.http.LimitedStream;
import dev.binnacle.prometheus.http.WebAnswer;
import dev.binnacle.prometheus.http.WebClient;
import dev.binnacle.prometheus.scrape.PageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A target's answer; to be closed.
 *
 * @param body unpacked, and no longer than it may be
 */
record Page(WebAnswer answer, PageFormat format, InputStream body) implements AutoCloseable {
    private static final String OPENMETRICS =
            "application/openmetrics-text;version=1.0.0;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,";
    private static final String TEXT = "text/plain;version=0.0.4;q=0.4,*/*;q=0.1";

    /** Asks a target for its page. */
    static Page get(WebClient client, Target target, ScrapeConfig config, ScrapeOptions options) throws IOException {
        var answer = client.get(target.url(), headers(target, config), Deadline.in(target.timeout()));
        try {
            if (answer.status() != 200) {
                throw new IOException("the target answered " + answer.status());
            }
            var body = new PushbackInputStream(limited(unpacked(answer), config, options));
            int first = body.read();
            if (first < 0) {
                // As Prometheus: a target that has nothing to say need not say how it says it.
                return new Page(answer, PageFormat.TEXT, body);
            }
            body.unread(first);
            return new Page(answer, format(answer.header("Content-Type"), config), body);
        } catch (IOException e) {
            answer.close();
            throw e;
        }
    }

    @Override
    public void close() {
        answer.close();
    }

    private static Map<String, String> headers(Target target, ScrapeConfig config) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("User-Agent", "Binnacle");
        headers.put("Accept", config.openMetrics() ? OPENMETRICS + TEXT : TEXT);
        headers.put("Accept-Encoding", config.enableCompression() ? "gzip" : "identity");
        headers.put(
                "X-Prometheus-Scrape-Timeout-Seconds",
                Double.toString(target.timeout().toMillis() / 1000.0));
        return headers;
    }

    private static InputStream unpacked(WebAnswer answer) throws IOException {
        String encoding = answer.header("Content-Encoding");
        return switch (encoding.toLowerCase(Locale.ROOT)) {
            case "", "identity" -> answer.body();
            case "gzip" -> new GZIPInputStream(answer.body(), 1 << 13);
            default -> throw new IOException("the page is packed as " + encoding + ", which was not asked for");
        };
    }

    private static InputStream limited(InputStream body, ScrapeConfig config, ScrapeOptions options) {
        long limit = config.limits().bodySize();
        return new LimitedStream(body, limit > 0 ? limit : options.largestPage());
    }

    private static PageFormat format(String contentType, ScrapeConfig config) throws IOException {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (type.equals("text/plain") || type.equals("application/openmetrics-text")) {
            return PageFormat.of(type);
        }
        if (config.fallback().isEmpty()) {
            throw new IOException("the target says its page is '" + type
                    + "', which is no format of metrics, and there is no fallback_scrape_protocol");
        }
        return config.fallback().startsWith("OpenMetrics") ? PageFormat.OPENMETRICS : PageFormat.TEXT;
    }
}
