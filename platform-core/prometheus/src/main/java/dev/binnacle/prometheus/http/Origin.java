package dev.binnacle.prometheus.http;

import java.io.IOException;
import java.net.URI;

/** Scheme, host and port of a URL. */
record Origin(boolean isSecure, String host, int port) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    static Origin of(URI url) throws IOException {
        String scheme = String.valueOf(url.getScheme());
        boolean secure = scheme.equals("https");
        if (url.getHost() == null || !secure && !scheme.equals("http")) {
            throw new IOException(Shown.of(url) + " is not an http or https URL");
        }
        int port = url.getPort() >= 0 ? url.getPort() : secure ? HTTPS : HTTP;
        String host = url.getHost();
        return new Origin(secure, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    /** Returns it as a Host header has it. */
    String authority() {
        String name = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (isSecure ? HTTPS : HTTP) ? name : name + ":" + port;
    }
}
