package dev.binnacle.app.insight;

import dev.binnacle.app.config.PrometheusConfig;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.insight.query.Lines;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Asks the Prometheus of the instance. For any thread; whatever goes wrong is an answer too. */
@ApplicationScoped
public class PrometheusClient {
    private final Asking asking;

    PrometheusClient(PrometheusConfig prometheus, InsightConfig insight) {
        this.asking = new Asking(Asking.Server.at(prometheus.url(), "Prometheus", "binnacle.prometheus.url"), insight);
    }

    @PreDestroy
    void stop() {
        asking.close();
    }

    /**
     * Returns the answer to each query, asked at once; waits as long as the settings say at the most.
     *
     * @param at the time they are about
     */
    <K> Map<K, Answer> ask(Map<K, String> queries, Instant at) {
        return asking.all(
                requests(queries, "/api/v1/query", promql -> form("query", promql) + "&time=" + at),
                (status, body) -> PrometheusAnswer.read(body),
                Answer.Missing::new);
    }

    /**
     * Returns the answer to each query about many times, asked at once.
     *
     * @param steps the times
     */
    <K> Map<K, Lines> ask(Map<K, String> queries, Steps steps) {
        return asking.all(
                requests(
                        queries,
                        "/api/v1/query_range",
                        promql -> form("query", promql) + "&start=" + steps.first() + "&end=" + steps.last() + "&step="
                                + steps.seconds()),
                (status, body) -> PrometheusAnswer.readLines(body),
                Lines.Missing::new);
    }

    private <K> Map<K, HttpRequest> requests(Map<K, String> queries, String path, Function<String, String> form) {
        var requests = new LinkedHashMap<K, HttpRequest>();
        queries.forEach((key, promql) -> requests.put(key, request(path, form.apply(promql))));
        return requests;
    }

    private HttpRequest request(String path, String form) {
        return HttpRequest.newBuilder(asking.server().path(path))
                .timeout(asking.timeout())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(
                        form + "&timeout=" + asking.timeout().toMillis() + "ms"))
                .build();
    }

    private static String form(String name, String value) {
        return name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
