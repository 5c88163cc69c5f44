package dev.binnacle.app.insight;

import com.fasterxml.jackson.core.JacksonException;
import dev.binnacle.app.config.PrometheusConfig;
import dev.binnacle.insight.query.Answer;
import dev.binnacle.prometheus.http.LimitedStream;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Asks the Prometheus of the instance. For any thread; whatever goes wrong is an answer too. */
@ApplicationScoped
public class PrometheusClient {
    private static final int MOST_SAID = 200;

    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final URI query;
    private final Duration timeout;
    private final long largest;

    PrometheusClient(PrometheusConfig prometheus, InsightConfig insight) {
        this.query = URI.create(prometheus.url().toString().replaceAll("/+$", "") + "/api/v1/query");
        this.timeout = insight.timeout();
        this.largest = insight.largestAnswer().asLongValue();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .executor(threads)
                .build();
    }

    @PreDestroy
    void stop() {
        client.shutdownNow();
        threads.shutdownNow();
    }

    /**
     * Returns the answer to each query, asked at once; waits as long as the settings say at the most.
     *
     * @param at the time they are about
     */
    <K extends Enum<K>> Map<K, Answer> ask(Map<K, String> queries, Instant at) {
        long end = System.nanoTime() + timeout.toNanos();
        var asked = new EnumMap<K, Future<Answer>>(queries.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> threads.submit(() -> ask(entry.getValue(), at)))));
        var answers = new EnumMap<K, Answer>(asked.keySet().iterator().next().getDeclaringClass());
        asked.forEach((key, answer) -> answers.put(key, await(answer, end)));
        return answers;
    }

    private Answer await(Future<Answer> asked, long end) {
        try {
            return asked.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new Answer.Missing("Prometheus did not answer within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Answer.Missing("the application stops");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a query failed for a reason that is none of Prometheus'", e.getCause());
        } finally {
            asked.cancel(true);
        }
    }

    private Answer ask(String promql, Instant at) throws InterruptedException {
        String form = "query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8) + "&time=" + at + "&timeout="
                + timeout.toMillis() + "ms";
        var request = HttpRequest.newBuilder(query)
                .timeout(timeout)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        try {
            return read(client.send(request, BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            return new Answer.Missing("Prometheus does not answer at " + query.getAuthority() + " (" + said(e) + ")");
        }
    }

    private Answer read(HttpResponse<java.io.InputStream> response) throws IOException {
        try (var body = new LimitedStream(response.body(), largest)) {
            return PrometheusAnswer.read(body);
        } catch (LimitedStream.TooLongException e) {
            return new Answer.Missing("Prometheus' answer is larger than " + largest + " bytes, which is "
                    + "binnacle.insight.largest-answer");
        } catch (JacksonException | IllegalArgumentException e) {
            return new Answer.Missing("what answers at " + query.getAuthority() + " with status "
                    + response.statusCode() + " is not the API of a Prometheus: see binnacle.prometheus.url");
        }
    }

    private static String said(IOException e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return said.length() <= MOST_SAID ? said : said.substring(0, MOST_SAID) + "…";
    }
}
