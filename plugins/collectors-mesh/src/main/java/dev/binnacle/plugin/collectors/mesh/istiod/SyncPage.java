package dev.binnacle.plugin.collectors.mesh.istiod;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads {@code /debug/syncz} proxy by proxy; the whole of it may be large. */
final class SyncPage {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String OTHER = "other";

    /** The short names that istiod's own metrics have for types. */
    private static final Map<String, String> TYPES = Map.of(
            "envoy.config.cluster.v3.Cluster", "cds",
            "envoy.config.listener.v3.Listener", "lds",
            "envoy.config.route.v3.RouteConfiguration", "rds",
            "envoy.config.route.v3.VirtualHost", "vhds",
            "envoy.config.endpoint.v3.ClusterLoadAssignment", "eds",
            "envoy.extensions.transport_sockets.tls.v3.Secret", "sds",
            "envoy.config.core.v3.TypedExtensionConfig", "ecds",
            "istio.networking.nds.v1.NameTable", "nds",
            "istio.mesh.v1alpha1.ProxyConfig", "pcds",
            "istio.workload.Address", "wds");

    /** What older istiods say: two nonces for each of these, and no more. */
    private static final Map<String, String> OLD_FIELDS =
            Map.of("cluster", "cds", "listener", "lds", "route", "rds", "endpoint", "eds", "extensionconfig", "ecds");

    private SyncPage() {}

    /**
     * Returns the proxies by id. One that has just come back may be there twice; what was sent last counts.
     *
     * @throws IOException when this is no such page
     */
    static Collection<ProxySync> read(InputStream body) throws IOException {
        var proxies = new LinkedHashMap<String, ProxySync>();
        try (var json = JSON.createParser(body)) {
            if (json.nextToken() != JsonToken.START_ARRAY) {
                throw new IOException("the page is not a list of proxies");
            }
            while (json.nextToken() != JsonToken.END_ARRAY) {
                var proxy = proxy(json.readValueAsTree());
                proxies.merge(proxy.id(), proxy, SyncPage::later);
            }
        } catch (JsonProcessingException e) {
            throw new IOException("the page is not JSON: " + e.getOriginalMessage(), e);
        }
        return proxies.values();
    }

    private static ProxySync proxy(JsonNode node) throws IOException {
        String id = node.path("proxy").asText();
        if (id.isEmpty()) {
            throw new IOException("the page is not a list of proxies: one of them has no name");
        }
        return new ProxySync(
                id,
                node.path("proxy_type").asText("unknown"),
                node.path("istio_version").asText("unknown"),
                node.has("resources") ? types(node.path("resources")) : oldTypes(node));
    }

    private static Map<String, TypeSync> types(JsonNode resources) {
        var types = new TreeMap<String, TypeSync>();
        resources.fields().forEachRemaining(entry -> {
            String url = entry.getKey();
            String type = TYPES.getOrDefault(url.substring(url.lastIndexOf('/') + 1), OTHER);
            var sync = entry.getValue();
            types.merge(
                    type,
                    type(
                            sync.path("sent").asText(),
                            sync.path("acked").asText(),
                            time(sync.path("sentTime").asText()),
                            sync.path("lastError").asText()),
                    SyncPage::worse);
        });
        return types;
    }

    private static Map<String, TypeSync> oldTypes(JsonNode node) {
        var types = new TreeMap<String, TypeSync>();
        OLD_FIELDS.forEach((field, type) -> types.put(
                type,
                type(
                        node.path(field + "_sent").asText(),
                        node.path(field + "_acked").asText(),
                        null,
                        "")));
        return types;
    }

    private static TypeSync type(String sent, String acked, @Nullable Instant time, String error) {
        var state = !error.isEmpty()
                ? SyncState.ERROR
                : sent.isEmpty() ? SyncState.NOT_SENT : sent.equals(acked) ? SyncState.SYNCED : SyncState.STALE;
        return new TypeSync(state, time, error);
    }

    /** Go writes a time that is none as that of the year 1. */
    private static @Nullable Instant time(String text) {
        try {
            var time = Instant.parse(text);
            return time.getEpochSecond() > 0 ? time : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static TypeSync worse(TypeSync one, TypeSync other) {
        return other.state().compareTo(one.state()) > 0 ? other : one;
    }

    private static ProxySync later(ProxySync one, ProxySync other) {
        return latest(other).isBefore(latest(one)) ? one : other;
    }

    private static Instant latest(ProxySync proxy) {
        var latest = Instant.EPOCH;
        for (var type : proxy.types().values()) {
            var sent = type.sent();
            latest = sent != null && sent.isAfter(latest) ? sent : latest;
        }
        return latest;
    }
}
