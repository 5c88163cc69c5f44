package dev.binnacle.prometheus.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a server is asked, whatever for.
 *
 * @param basicAuth null for none
 * @param authorization null for none; never both
 * @param headers further headers, by name
 */
public record HttpOptions(
        @Nullable BasicAuth basicAuth,
        @Nullable Authorization authorization,
        TlsOptions tls,
        boolean followRedirects,
        Map<String, List<Secret>> headers) {
    /** No credentials; redirects are followed. */
    public static final HttpOptions DEFAULT = new HttpOptions(null, null, TlsOptions.DEFAULT, true, Map.of());

    public HttpOptions {
        headers = Map.copyOf(headers);
    }

    /** Returns these options with further headers, which do not replace those that are there. */
    public HttpOptions with(Map<String, String> more) {
        var all = new HashMap<>(headers);
        more.forEach((name, value) -> all.putIfAbsent(name, List.of(Secret.of(value))));
        return new HttpOptions(basicAuth, authorization, tls, followRedirects, all);
    }

    /** Returns these options with redirects followed or not. */
    public HttpOptions following(boolean redirects) {
        return new HttpOptions(basicAuth, authorization, tls, redirects, headers);
    }
}
