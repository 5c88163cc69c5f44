package dev.binnacle.plugin.collectors.mesh.envoy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import java.time.Instant;
import java.util.List;

/** Reads {@code /server_info}: version, state, uptime. */
final class ServerInfoReader implements PageReader {
    @Override
    public String path() {
        return "/server_info";
    }

    @Override
    public List<Sample> read(JsonNode page, Labels proxy, Instant at) throws UnexpectedPageException {
        return List.of(
                EnvoyMetrics.INFO.sample(proxy.with("version", version(page)), 1, at),
                EnvoyMetrics.LIVE.sample(proxy, Json.text(page, "state").equals("LIVE") ? 1 : 0, at),
                EnvoyMetrics.UPTIME.sample(proxy, Json.seconds(page, "uptime_current_epoch"), at));
    }

    /** Returns {@code 1.40.0} of {@code hash/1.40.0/Clean/RELEASE/BoringSSL}. */
    private static String version(JsonNode page) throws UnexpectedPageException {
        String text = Json.text(page, "version");
        var parts = text.split("/", -1);
        return parts.length > 1 ? parts[1] : text;
    }
}
