package dev.binnacle.plugin.collector.otlp;

import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How what came is passed on.
 *
 * @param endpoint to which {@code /v1/traces} and {@code /v1/metrics} are added
 * @param headers sent with it; they may be secret, so nobody prints them
 * @param queueBytes the most that waits; when more comes, the oldest is dropped
 * @param timeout how long one try may take
 * @param giveUp what was tried for so long is dropped
 */
record Forwarding(URI endpoint, Map<String, String> headers, long queueBytes, Duration timeout, Duration giveUp) {
    private static final Set<String> OWN = Set.of("content-type", "content-encoding", "content-length", "host");

    Forwarding {
        headers = Map.copyOf(headers);
    }

    /** Returns where a signal goes. */
    URI at(Signal signal) {
        String base = endpoint.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + signal.path());
    }

    /** Returns headers written as {@code name=value}; what is wrong is said without the value. */
    static Map<String, String> headers(List<String> written, String key) throws InvalidConfigException {
        var headers = new TreeMap<String, String>();
        for (String each : written) {
            int equals = each.indexOf('=');
            String name = each.substring(0, Math.max(0, equals)).strip().toLowerCase(Locale.ROOT);
            String value = each.substring(equals + 1).strip();
            boolean plain = value.chars().allMatch(c -> c >= ' ' && c < 127);
            if (!name.matches("[a-z0-9-]+") || OWN.contains(name) || !plain || !isAllowed(name)) {
                throw new InvalidConfigException(List.of(new ConfigProblem(
                        key, "one of the headers is none", "Write name=value, with commas between several")));
            }
            headers.put(name, value);
        }
        return headers;
    }

    /** The client keeps some for itself, {@code connection} for example. */
    private static boolean isAllowed(String name) {
        try {
            HttpRequest.newBuilder().setHeader(name, "");
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Says nothing of the headers. */
    @Override
    public String toString() {
        return "forwarding to " + endpoint;
    }
}
