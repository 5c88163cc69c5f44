package dev.binnacle.prometheus.http;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What one server is asked.
 *
 * @param path with the query
 * @param body of which the first {@code length} bytes are sent
 */
record Request(String method, String path, Map<String, String> headers, byte[] body, int length) {
    private static final byte[] NONE = {};

    static Request get(URI url, Map<String, String> headers) {
        return new Request("GET", path(url), headers, NONE, 0);
    }

    /** Asks a proxy for a page. */
    static Request getByProxy(URI url, Map<String, String> headers) {
        return new Request("GET", url.getScheme() + "://" + url.getRawAuthority() + path(url), headers, NONE, 0);
    }

    /** Asks a proxy for a way to {@code authority}. */
    static Request connect(String authority) {
        return new Request("CONNECT", authority, Map.of("Host", authority), NONE, 0);
    }

    static Request with(String method, URI url, Map<String, String> headers, byte[] body, int length) {
        var all = new LinkedHashMap<>(headers);
        all.put("Content-Length", Integer.toString(length));
        return new Request(method, path(url), all, body, length);
    }

    private static String path(URI url) {
        String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return url.getRawQuery() == null ? path : path + "?" + url.getRawQuery();
    }
}
