package dev.binnacle.plugin.collectors.mesh.istiod;

import dev.binnacle.prometheus.config.HttpOptions;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.prometheus.http.Deadline;
import dev.binnacle.prometheus.http.LimitedStream;
import dev.binnacle.prometheus.http.Watch;
import dev.binnacle.prometheus.http.WebClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;

/** One istiod that is asked. For one thread at a time. */
final class Istiod implements AutoCloseable {
    private static final long LONGEST_PAGE = 64 << 20;

    private final URI url;
    private final Duration timeout;
    private final WebClient client;

    Istiod(URI url, HttpOptions options, Duration timeout, Watch watch) {
        this.url = url;
        this.timeout = timeout;
        this.client = new WebClient(options, AddressRule.STANDARD, watch);
    }

    /** Returns host and port, for a label. */
    String name() {
        return url.getRawAuthority();
    }

    Collection<ProxySync> proxies() throws IOException {
        var headers = Map.of("User-Agent", "Binnacle", "Accept", "application/json");
        try (var answer = client.get(URI.create(url + "/debug/syncz"), headers, Deadline.in(timeout))) {
            if (answer.status() != 200) {
                throw new IOException("/debug/syncz answers " + answer.status()
                        + (answer.status() == 401 ? ": it wants a token that istiod knows (bearer-token-file)" : ""));
            }
            return SyncPage.read(new LimitedStream(answer.body(), LONGEST_PAGE));
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
