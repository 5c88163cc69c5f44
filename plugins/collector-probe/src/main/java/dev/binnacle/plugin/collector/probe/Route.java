package dev.binnacle.plugin.collector.probe;

import dev.binnacle.prometheus.config.Probe;
import dev.binnacle.prometheus.http.Deadline;
import dev.binnacle.prometheus.http.Dialed;
import dev.binnacle.prometheus.http.Dialer;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;

/**
 * The way to a server in one run.
 *
 * @param through the proxy; empty for none
 * @param host that is connected to in the place of the URL's; empty for the URL's own
 */
record Route(Probe probe, Dialer dialer, Optional<URI> through, Optional<String> host, Deadline deadline) {
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    /** Connects to where {@code url} is, or to the proxy that is to be asked for it. */
    Dialed dial(URI url, Verdict verdict) throws IOException {
        if (isAskedOfProxy(url)) {
            dialer.requireOrdinary(host(url));
            var proxy = through.orElseThrow();
            return dialer.dial(false, host(proxy), port(proxy), Optional.empty(), deadline, verdict.steps());
        }
        boolean secure = "https".equals(url.getScheme());
        return dialer.dial(secure, host.orElse(host(url)), port(url), through, deadline, verdict.steps());
    }

    /** Tells whether a proxy gets the request itself, which a sidecar then routes; of all else it sees connections only. */
    boolean isAskedOfProxy(URI url) {
        return through.isPresent() && "http".equals(url.getScheme());
    }

    private static String host(URI url) {
        String name = url.getHost();
        return name.startsWith("[") ? name.substring(1, name.length() - 1) : name;
    }

    private static int port(URI url) {
        return url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? HTTPS : HTTP;
    }
}
