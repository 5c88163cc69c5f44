package dev.binnacle.plugin.exporters.prometheus.sink;

import dev.binnacle.prometheus.config.HttpOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * The headers that are configured, credentials among them.
 *
 * @param plain those that are no secret
 */
public record RequestHeaders(HttpOptions http, Map<String, String> plain) {
    /** Returns the headers as they are now; secrets in files may have changed. */
    Map<String, String> read() throws IOException {
        var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        all.putAll(plain);
        for (var header : http.headers().entrySet()) {
            for (var value : header.getValue()) {
                all.merge(header.getKey(), value.read(), (one, other) -> one + ", " + other);
            }
        }
        var basic = http.basicAuth();
        if (basic != null) {
            byte[] pair = (basic.username().read() + ":" + basic.password().read()).getBytes(StandardCharsets.UTF_8);
            all.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        var authorization = http.authorization();
        if (authorization != null) {
            all.put(
                    "Authorization",
                    authorization.type() + " " + authorization.credentials().read());
        }
        for (String value : all.values()) {
            if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
                throw new IOException("they hold characters that a header cannot");
            }
        }
        return all;
    }
}
