package dev.binnacle.plugin.collectors.prometheus.query;

import dev.binnacle.prometheus.config.Query;
import dev.binnacle.prometheus.config.QueryConfig;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.prometheus.http.Deadline;
import dev.binnacle.prometheus.http.LimitedStream;
import dev.binnacle.prometheus.http.Watch;
import dev.binnacle.prometheus.http.WebAnswer;
import dev.binnacle.prometheus.http.WebClient;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Prometheus' API for queries, at one server. For several threads; connections are kept for the next query. */
final class QueryApi implements AutoCloseable {
    private static final int LONGEST_SAID = 256;

    private final QueryConfig config;
    private final QueryLimits limits;
    private final AddressRule rule;
    private final Watch watch;
    private final Queue<WebClient> idle = new ConcurrentLinkedQueue<>();

    QueryApi(QueryConfig config, QueryLimits limits, AddressRule rule, Watch watch) {
        this.config = config;
        this.limits = limits;
        this.rule = rule;
        this.watch = watch;
    }

    /**
     * Returns the server's answer to an instant query.
     *
     * @throws IOException when there is none in time, or none that can be taken; its message holds no secret
     */
    Answer ask(Query query, Deadline deadline) throws IOException {
        var kept = idle.poll();
        var client = kept == null ? new WebClient(config.http(), rule, watch) : kept;
        try (var answer = client.get(url(query), headers(), deadline)) {
            return read(answer);
        } catch (AnswerException e) {
            throw new AnswerException(brief(client.withoutSecrets(String.valueOf(e.getMessage()))));
        } finally {
            idle.add(client);
        }
    }

    @Override
    public void close() {
        for (var client = idle.poll(); client != null; client = idle.poll()) {
            client.close();
        }
    }

    private Answer read(WebAnswer answer) throws IOException {
        int status = answer.status();
        String type = answer.header("Content-Type").toLowerCase(Locale.ROOT);
        if (type.startsWith("application/json")) {
            try {
                var read = AnswerReader.read(new LimitedStream(answer.body(), limits.answerBytes()), limits.series());
                if (status == 200) {
                    return read;
                }
            } catch (AnswerException e) {
                throw status == 200 ? e : new AnswerException("the server answers " + status + ", " + e.getMessage());
            }
        }
        throw new AnswerException(
                status == 200 ? "the server answers with '" + type + "', not JSON" : "the server answers " + status);
    }

    private URI url(Query query) {
        return URI.create(config.url() + "/api/v1/query?timeout="
                + config.timeout().toMillis() + "ms&query=" + URLEncoder.encode(query.expr(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> headers() {
        return Map.of("User-Agent", "Binnacle", "Accept", "application/json");
    }

    private static String brief(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return line.length() <= LONGEST_SAID ? line : line.substring(0, LONGEST_SAID) + "…";
    }
}
