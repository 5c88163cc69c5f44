package dev.binnacle.plugin.collectors.mesh.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeSet;

/**
 * Reads one type of resource of {@code /config_dump}: how many there are, in which versions, since when, and whether the last update was refused.
 *
 * <p>A field mask keeps the answer small. Envoy tells of refused updates for listeners only; for clusters and routes it has but a counter.
 *
 * @param type the label's value
 * @param nameParent the field that holds the resource's name; empty when it is at the top
 * @param stateParent the field that holds its version; empty when it is at the top
 */
record ConfigDumpReader(String type, String path, String nameParent, String stateParent) implements PageReader {
    static final ConfigDumpReader LISTENERS = new ConfigDumpReader(
            "listeners",
            "/config_dump?resource=dynamic_listeners"
                    + "&mask=name,active_state.version_info,active_state.last_updated,error_state.details",
            "",
            "active_state");
    static final ConfigDumpReader CLUSTERS = new ConfigDumpReader(
            "clusters",
            "/config_dump?resource=dynamic_active_clusters&mask=cluster.name,version_info,last_updated",
            "cluster",
            "");
    static final ConfigDumpReader ROUTES = new ConfigDumpReader(
            "routes",
            "/config_dump?resource=dynamic_route_configs&mask=route_config.name,version_info,last_updated",
            "route_config",
            "");

    @Override
    public List<Sample> read(JsonNode page, Labels proxy, Instant at) throws UnexpectedPageException {
        if (!page.isObject() || !page.isEmpty() && !page.path("configs").isArray()) {
            throw new UnexpectedPageException("the field configs is missing");
        }
        var versions = new TreeSet<String>();
        boolean rejected = false;
        Instant updated = Instant.MIN;
        for (var resource : page.path("configs")) {
            rejected |= resource.has("error_state");
            var state = child(resource, stateParent);
            if (state.has("version_info")) {
                versions.add(
                        child(resource, nameParent).path("name").asText() + "=" + Json.text(state, "version_info"));
                Instant time = Json.time(state, "last_updated");
                updated = time.isAfter(updated) ? time : updated;
            }
        }
        return samples(proxy.with("type", type), versions, rejected, updated, at);
    }

    private static List<Sample> samples(
            Labels labels, TreeSet<String> versions, boolean rejected, Instant updated, Instant at) {
        var samples = new ArrayList<Sample>();
        samples.add(EnvoyMetrics.CONFIG_RESOURCES.sample(labels, versions.size(), at));
        samples.add(EnvoyMetrics.CONFIG_REJECTED.sample(labels, rejected ? 1 : 0, at));
        if (!versions.isEmpty()) {
            samples.add(EnvoyMetrics.CONFIG_UPDATED.sample(labels, updated.toEpochMilli() / 1e3, at));
            samples.add(EnvoyMetrics.CONFIG_VERSION.sample(labels.with("version", digest(versions)), 1, at));
        }
        return samples;
    }

    private static JsonNode child(JsonNode resource, String field) {
        return field.isEmpty() ? resource : resource.path(field);
    }

    private static String digest(TreeSet<String> versions) {
        try {
            var sha = MessageDigest.getInstance("SHA-256");
            byte[] bytes = sha.digest(String.join("\n", versions).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(bytes, 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
