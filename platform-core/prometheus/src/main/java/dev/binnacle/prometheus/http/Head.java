package dev.binnacle.prometheus.http;

import java.io.IOException;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What stands in front of an answer's body.
 *
 * @param persistent whether the connection can be used again
 * @param headers by name, whatever its letters' case
 */
record Head(int status, boolean persistent, Map<String, String> headers) {
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.([01]) (\\d{3})(?: .*)?");

    static Head of(String line, Map<String, String> headers) throws IOException {
        var match = STATUS.matcher(line);
        if (!match.matches()) {
            throw new IOException("the answer is not HTTP/1.1: '" + Connection.brief(line) + "'");
        }
        String connection = headers.getOrDefault("Connection", "");
        boolean persistent = match.group(1).equals("1") && !connection.equalsIgnoreCase("close");
        return new Head(Integer.parseInt(match.group(2)), persistent, headers);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean isRedirect() {
        return switch (status) {
            case 301, 302, 303, 307, 308 -> !header("Location").isEmpty();
            default -> false;
        };
    }
}
