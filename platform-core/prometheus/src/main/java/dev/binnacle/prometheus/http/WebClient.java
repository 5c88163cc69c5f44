package dev.binnacle.prometheus.http;

import dev.binnacle.prometheus.config.HttpOptions;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server again and again over HTTP/1.1, with one connection that is kept. For one thread at a time.
 *
 * <p>Credentials go to the server that was meant: not to where it sends the client.
 */
public final class WebClient implements AutoCloseable {
    private static final int MOST_REDIRECTS = 10;
    private static final String SECRET = "<secret>";

    /** What is shorter is in every text by chance, and in no password. */
    private static final int SHORTEST_SECRET = 4;

    private record Kept(Origin origin, WebAnswer last) {}

    private final HttpOptions options;
    private final Tls tls;
    private final AddressRule rule;
    private final Watch watch;
    private @Nullable Kept kept;

    /** @param watch ends what takes too long; not closed with this */
    public WebClient(HttpOptions options, AddressRule rule, Watch watch) {
        this.options = options;
        this.tls = new Tls(options.tls());
        this.rule = rule;
        this.watch = watch;
    }

    /**
     * Returns the server's answer, whatever its status.
     *
     * @param headers besides those that are configured
     * @throws IOException when there is none in time, or when it would come from where no connection may lead
     */
    public WebAnswer get(URI url, Map<String, String> headers, Deadline deadline) throws IOException {
        var first = Origin.of(url);
        URI next = url;
        for (int redirects = 0; redirects <= MOST_REDIRECTS; redirects++) {
            var origin = Origin.of(next);
            var all = new LinkedHashMap<>(Map.of("Host", origin.authority()));
            all.putAll(headers);
            if (origin.equals(first)) {
                all.putAll(ConfiguredHeaders.read(options));
            }
            var answer = ask(origin, Request.get(next, all), deadline);
            if (!answer.head().isRedirect() || !options.followRedirects()) {
                return answer;
            }
            next = target(next, answer);
            answer.close();
        }
        throw new IOException("more than " + MOST_REDIRECTS + " redirects");
    }

    /**
     * Returns the server's answer to a request with a body, whatever its status; redirects among them.
     *
     * <p>When the server has closed the connection that was kept, the request is sent over a new one: it may come twice.
     *
     * @param headers besides those that are configured
     * @param body of which the first {@code length} bytes are sent
     * @throws IOException when there is none in time, or when it would go to where no connection may lead
     */
    public WebAnswer send(
            String method, URI url, Map<String, String> headers, byte[] body, int length, Deadline deadline)
            throws IOException {
        var origin = Origin.of(url);
        var all = new LinkedHashMap<>(Map.of("Host", origin.authority()));
        all.putAll(headers);
        all.putAll(ConfiguredHeaders.read(options));
        return ask(origin, Request.with(method, url, all, body, length), deadline);
    }

    /**
     * Returns what a server said without the secrets that it was told, which it may repeat.
     *
     * @throws IOException when a secret's file cannot be read any more
     */
    public String withoutSecrets(String said) throws IOException {
        String plain = said;
        for (String value : ConfiguredHeaders.read(options).values()) {
            plain = value.isBlank() ? plain : plain.replace(value, SECRET);
            plain = withoutPart(value.substring(value.indexOf(' ') + 1), plain);
        }
        return options.basicAuth() == null
                ? plain
                : withoutPart(options.basicAuth().password().read(), plain);
    }

    private static String withoutPart(String secret, String said) {
        return secret.length() < SHORTEST_SECRET ? said : said.replace(secret, SECRET);
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.last.connection().close();
            kept = null;
        }
    }

    private WebAnswer ask(Origin origin, Request request, Deadline deadline) throws IOException {
        var reusable = kept;
        kept = null;
        if (reusable != null && reusable.last.isReusable() && reusable.origin.equals(origin)) {
            try {
                return ask(reusable.last.connection(), origin, request, deadline);
            } catch (IOException e) {
                if (deadline.isOver() || Thread.currentThread().isInterrupted()) {
                    throw e;
                }
                // The server has closed it meanwhile, as it may: a new one tells whether it is there.
            }
        } else if (reusable != null) {
            reusable.last.connection().close();
        }
        return ask(Connection.open(origin, tls, rule, watch, deadline), origin, request, deadline);
    }

    private WebAnswer ask(Connection connection, Origin origin, Request request, Deadline deadline) throws IOException {
        var limit = connection.limit(deadline);
        try {
            connection.send(request);
            var answer = new WebAnswer(connection.head(), connection, limit, deadline);
            kept = new Kept(origin, answer);
            return answer;
        } catch (IOException e) {
            limit.cancel(false);
            connection.close();
            throw deadline.isOver() ? deadline.exceeded() : e;
        }
    }

    private static URI target(URI from, WebAnswer answer) throws IOException {
        try {
            return from.resolve(answer.header("Location"));
        } catch (IllegalArgumentException e) {
            throw new IOException("redirected to what is no URL", e);
        }
    }
}
