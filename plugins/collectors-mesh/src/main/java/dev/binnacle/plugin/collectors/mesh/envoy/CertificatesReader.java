package dev.binnacle.plugin.collectors.mesh.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads {@code /certs}: when the Envoy's own certificate and its roots expire.
 *
 * <p>The first one of a kind to expire counts. Serial numbers are left out: every rotation would begin a new series.
 */
final class CertificatesReader implements PageReader {
    private static final Map<String, String> KINDS = new TreeMap<>(Map.of("ca_cert", "root", "cert_chain", "workload"));

    @Override
    public String path() {
        return "/certs";
    }

    @Override
    public List<Sample> read(JsonNode page, Labels proxy, Instant at) throws UnexpectedPageException {
        if (!page.isObject() || !page.isEmpty() && !page.path("certificates").isArray()) {
            throw new UnexpectedPageException("the field certificates is missing");
        }
        var samples = new ArrayList<Sample>();
        for (var kind : KINDS.entrySet()) {
            Instant first = Instant.MAX;
            for (var certificates : page.path("certificates")) {
                for (var certificate : certificates.path(kind.getKey())) {
                    Instant expiry = Json.time(certificate, "expiration_time");
                    first = expiry.isBefore(first) ? expiry : first;
                }
            }
            if (first.isBefore(Instant.MAX)) {
                var labels = proxy.with("kind", kind.getValue());
                samples.add(EnvoyMetrics.CERTIFICATE_EXPIRY.sample(labels, first.getEpochSecond(), at));
                samples.add(EnvoyMetrics.CERTIFICATE_REMAINING.sample(
                        labels, Duration.between(at, first).toSeconds(), at));
            }
        }
        return samples;
    }
}
