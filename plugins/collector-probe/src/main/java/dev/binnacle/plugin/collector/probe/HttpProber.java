package dev.binnacle.plugin.collector.probe;

import dev.binnacle.prometheus.config.Probe;
import dev.binnacle.prometheus.http.ConfiguredHeaders;
import dev.binnacle.prometheus.http.Dialed;
import dev.binnacle.prometheus.http.LimitedStream;
import dev.binnacle.prometheus.http.Shown;
import dev.binnacle.prometheus.http.Step;
import dev.binnacle.prometheus.http.WebAnswer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** GET, and a look at the answer. */
final class HttpProber implements Prober {
    private static final int MOST_REDIRECTS = 10;
    private static final long LONGEST_ANSWER = 1 << 20;

    @Override
    public void ask(Route route, Verdict verdict) throws IOException {
        int redirects = 0;
        int status = 0;
        try {
            URI next = route.probe().url();
            while (true) {
                try (var dialed = route.dial(next, verdict);
                        var answer = get(route, dialed, next)) {
                    status = answer.status();
                    certificate(dialed, verdict, redirects);
                    var target = redirect(route.probe(), next, answer);
                    if (target.isEmpty()) {
                        judge(route.probe(), answer, dialed, verdict);
                        return;
                    }
                    next = target.get();
                }
                if (++redirects > MOST_REDIRECTS) {
                    throw new IOException("more than " + MOST_REDIRECTS + " redirects");
                }
            }
        } finally {
            verdict.found(ProbeMetrics.STATUS, status);
            verdict.found(ProbeMetrics.REDIRECTS, redirects);
        }
    }

    private static WebAnswer get(Route route, Dialed dialed, URI url) throws IOException {
        var headers = headers(route, url);
        return route.isAskedOfProxy(url) ? dialed.getByProxy(url, headers) : dialed.get(url, headers);
    }

    /** Credentials go to the server that was meant. */
    private static Map<String, String> headers(Route route, URI url) throws IOException {
        var headers = new TreeMap<String, String>(Map.of("User-Agent", "Binnacle", "Accept", "*/*"));
        var meant = route.probe().url();
        if (url.getRawAuthority().equals(meant.getRawAuthority())
                && url.getScheme().equals(meant.getScheme())) {
            headers.putAll(ConfiguredHeaders.read(route.probe().http()));
        }
        if (route.host().isPresent()) {
            headers.putIfAbsent("Host", url.getRawAuthority());
        }
        return headers;
    }

    private static Optional<URI> redirect(Probe probe, URI from, WebAnswer answer) throws IOException {
        String location = answer.header("Location");
        if (answer.status() / 100 != 3 || location.isEmpty() || !probe.http().followRedirects()) {
            return Optional.empty();
        }
        try {
            var to = from.resolve(location);
            if (to.getHost() != null && String.valueOf(to.getScheme()).matches("https?")) {
                return Optional.of(to);
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new IOException("redirected to what is no http or https URL");
    }

    private static void certificate(Dialed dialed, Verdict verdict, int redirects) throws IOException {
        var expiry = dialed.certificateExpiry();
        if (redirects == 0 && expiry.isPresent()) {
            verdict.found(ProbeMetrics.CERTIFICATE, expiry.get().getEpochSecond());
        }
    }

    private static void judge(Probe probe, WebAnswer answer, Dialed dialed, Verdict verdict) throws IOException {
        byte[] body;
        try {
            body = new LimitedStream(answer.body(), LONGEST_ANSWER).readAllBytes();
        } catch (IOException e) {
            throw dialed.failure(e);
        }
        verdict.steps().end(Step.TRANSFER);
        int status = answer.status();
        boolean good = probe.statuses().isEmpty()
                ? status / 100 == 2
                : probe.statuses().contains(status);
        if (!good) {
            throw new IOException(Shown.of(probe.url()) + " answers " + status);
        }
        Answers.require(probe, new String(body, StandardCharsets.UTF_8), verdict);
    }
}
