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
 * Reads {@code /certs}: when an Envoy's certificates and roots expire.
 *
 * <p>The certificate of the pod itself has a SPIFFE identity; one without was given to it as a credential, for the hosts of
 * a gateway. The first one of a kind to expire counts. Serial numbers are left out: every rotation would begin a new series.
 */
final class CertificatesReader implements PageReader {
    private static final String IDENTITY = "spiffe://";

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
        first(page).forEach((kind, expiry) -> {
            var labels = proxy.with("kind", kind);
            samples.add(EnvoyMetrics.CERTIFICATE_EXPIRY.sample(labels, expiry.getEpochSecond(), at));
            samples.add(EnvoyMetrics.CERTIFICATE_REMAINING.sample(
                    labels, Duration.between(at, expiry).toSeconds(), at));
        });
        return samples;
    }

    /** Returns when the first one of each kind expires. */
    private static Map<String, Instant> first(JsonNode page) throws UnexpectedPageException {
        var first = new TreeMap<String, Instant>();
        for (var certificates : page.path("certificates")) {
            for (var certificate : certificates.path("ca_cert")) {
                first.merge("root", Json.time(certificate, "expiration_time"), CertificatesReader::earlier);
            }
            for (var certificate : certificates.path("cert_chain")) {
                String kind = isIdentity(certificate) ? "workload" : "credential";
                first.merge(kind, Json.time(certificate, "expiration_time"), CertificatesReader::earlier);
            }
        }
        return first;
    }

    private static boolean isIdentity(JsonNode certificate) {
        for (var name : certificate.path("subject_alt_names")) {
            if (name.path("uri").asText().startsWith(IDENTITY)) {
                return true;
            }
        }
        return false;
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
