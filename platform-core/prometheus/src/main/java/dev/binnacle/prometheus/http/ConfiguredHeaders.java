package dev.binnacle.prometheus.http;

import dev.binnacle.prometheus.config.HttpOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The headers that are configured, credentials among them. */
public final class ConfiguredHeaders {
    private ConfiguredHeaders() {}

    /**
     * Returns the headers by name, secrets as their files are now.
     *
     * @throws IOException when one of those cannot be read
     */
    public static Map<String, String> read(HttpOptions options) throws IOException {
        var headers = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
        for (var header : options.headers().entrySet()) {
            var values = new ArrayList<String>();
            for (var value : header.getValue()) {
                values.add(value.read());
            }
            headers.put(header.getKey(), String.join(", ", values));
        }
        var basic = options.basicAuth();
        if (basic != null) {
            byte[] pair = (basic.username().read() + ":" + basic.password().read()).getBytes(StandardCharsets.UTF_8);
            headers.put("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair));
        }
        var authorization = options.authorization();
        if (authorization != null) {
            String credentials = authorization.credentials().read();
            headers.put("Authorization", authorization.type() + " " + credentials);
        }
        return headers;
    }
}
