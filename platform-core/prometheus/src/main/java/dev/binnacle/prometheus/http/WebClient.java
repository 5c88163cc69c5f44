package dev.binnacle.prometheus.http;

import dev.binnacle.prometheus.config.Authorization;
import dev.binnacle.prometheus.config.BasicAuth;
import dev.binnacle.prometheus.config.HttpOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Asks one server again and again, by GET over HTTP/1.1, with one connection that is kept. For one thread at a time.
 *
 * <p>Credentials go to the server that was meant: not to where it sends the client.
 */
public final class WebClient implements AutoCloseable {
    private static final int MOST_REDIRECTS = 10;

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
                all.putAll(configured());
            }
            var answer = ask(origin, path(next), all, deadline);
            if (!answer.head().isRedirect() || !options.followRedirects()) {
                return answer;
            }
            next = target(next, answer);
            answer.close();
        }
        throw new IOException("more than " + MOST_REDIRECTS + " redirects");
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.last.connection().close();
            kept = null;
        }
    }

    private WebAnswer ask(Origin origin, String path, Map<String, String> headers, Deadline deadline)
            throws IOException {
        var reusable = kept;
        kept = null;
        if (reusable != null && reusable.last.isReusable() && reusable.origin.equals(origin)) {
            try {
                return ask(reusable.last.connection(), origin, path, headers, deadline);
            } catch (IOException e) {
                if (deadline.isOver()) {
                    throw e;
                }
                // The server has closed it meanwhile, as it may: a new one tells whether it is there.
            }
        } else if (reusable != null) {
            reusable.last.connection().close();
        }
        return ask(Connection.open(origin, tls, rule, watch, deadline), origin, path, headers, deadline);
    }

    private WebAnswer ask(
            Connection connection, Origin origin, String path, Map<String, String> headers, Deadline deadline)
            throws IOException {
        var limit = connection.limit(deadline);
        try {
            connection.send(path, headers);
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

    private static String path(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }

    /** Returns the headers of the configuration; secrets as their files are now. */
    private Map<String, String> configured() throws IOException {
        var headers = new LinkedHashMap<String, String>();
        for (var header : options.headers().entrySet()) {
            var values = new ArrayList<String>();
            for (var value : header.getValue()) {
                values.add(value.read());
            }
            headers.put(header.getKey(), values.stream().collect(Collectors.joining(", ")));
        }
        if (options.basicAuth() != null) {
            headers.put("Authorization", basic(options.basicAuth()));
        }
        if (options.authorization() != null) {
            headers.put("Authorization", other(options.authorization()));
        }
        return headers;
    }

    private static String basic(BasicAuth auth) throws IOException {
        String pair = auth.username().read() + ":" + auth.password().read();
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static String other(Authorization authorization) throws IOException {
        return authorization.type() + " " + authorization.credentials().read();
    }
}
