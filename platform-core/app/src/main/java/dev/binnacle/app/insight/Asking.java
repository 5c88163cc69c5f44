package dev.binnacle.app.insight;

import com.fasterxml.jackson.core.JacksonException;
import dev.binnacle.prometheus.http.LimitedStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Asks a server for JSON, with limits on time and size. For any thread; whatever goes wrong is an answer too. */
final class Asking implements AutoCloseable {
    private static final int MOST_SAID = 200;

    private final Server server;
    private final Duration timeout;
    private final long largest;
    private final HttpClient client;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Who is asked.
     *
     * @param url where its API begins, without a slash at its end
     * @param name how a sentence begins that is about it
     * @param setting that says where it is
     */
    record Server(URI url, String name, String setting) {
        static Server at(URI url, String name, String setting) {
            return new Server(URI.create(url.toString().replaceAll("/+$", "")), name, setting);
        }

        URI path(String path) {
            return URI.create(url + path);
        }
    }

    /** Makes an answer of what came. */
    interface Reading<A> {
        /**
         * Reads a body.
         *
         * @param status of HTTP that came with it
         * @throws IOException when it cannot be read to its end, or is no JSON
         * @throws IllegalArgumentException when it is not what was expected
         */
        A read(int status, InputStream body) throws IOException;
    }

    Asking(Server server, InsightConfig limits) {
        this.server = server;
        this.timeout = limits.timeout();
        this.largest = limits.largestAnswer().asLongValue();
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(timeout)
                .executor(threads)
                .build();
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }

    Server server() {
        return server;
    }

    /** Returns how long is waited. */
    Duration timeout() {
        return timeout;
    }

    /**
     * Returns the answer to each request, all sent at once.
     *
     * @param missing makes an answer of the reason why there is none: a sentence without a full stop
     */
    <K, A> Map<K, A> all(Map<K, HttpRequest> requests, Reading<A> reading, Function<String, A> missing) {
        long end = System.nanoTime() + timeout.toNanos();
        var asked = new LinkedHashMap<K, Future<A>>();
        requests.forEach((key, request) -> asked.put(key, threads.submit(() -> send(request, reading, missing))));
        var answers = new LinkedHashMap<K, A>();
        asked.forEach((key, answer) -> answers.put(key, await(answer, end, missing)));
        return answers;
    }

    /** Returns the answer to one. */
    <A> A one(HttpRequest request, Reading<A> reading, Function<String, A> missing) {
        return await(
                threads.submit(() -> send(request, reading, missing)), System.nanoTime() + timeout.toNanos(), missing);
    }

    private <A> A await(Future<A> asked, long end, Function<String, A> missing) {
        try {
            return asked.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return missing.apply(late());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return missing.apply("the application stops");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a question failed for a reason that is not the server's", e.getCause());
        } finally {
            asked.cancel(true);
        }
    }

    private <A> A send(HttpRequest request, Reading<A> reading, Function<String, A> missing)
            throws InterruptedException {
        try {
            return read(client.send(request, BodyHandlers.ofInputStream()), reading, missing);
        } catch (HttpTimeoutException e) {
            return missing.apply(late());
        } catch (IOException e) {
            return missing.apply(
                    server.name() + " does not answer at " + server.url().getAuthority() + " (" + said(e) + ")");
        }
    }

    private <A> A read(HttpResponse<InputStream> response, Reading<A> reading, Function<String, A> missing)
            throws IOException {
        try (var body = new LimitedStream(response.body(), largest)) {
            return reading.read(response.statusCode(), body);
        } catch (LimitedStream.TooLongException e) {
            return missing.apply("the answer of " + server.name() + " is larger than " + largest + " bytes, which is "
                    + "binnacle.insight.largest-answer");
        } catch (JacksonException | IllegalArgumentException e) {
            return missing.apply("what answers at " + server.url().getAuthority() + " with status "
                    + response.statusCode() + " is not the API of " + server.name() + ": see " + server.setting());
        }
    }

    private String late() {
        return server.name() + " did not answer within " + timeout.toMillis() + " ms";
    }

    private static String said(IOException e) {
        String said = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return said.length() <= MOST_SAID ? said : said.substring(0, MOST_SAID) + "…";
    }
}
