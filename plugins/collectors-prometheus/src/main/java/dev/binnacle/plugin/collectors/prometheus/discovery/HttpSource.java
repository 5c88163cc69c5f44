package dev.binnacle.plugin.collectors.prometheus.discovery;

import dev.binnacle.prometheus.config.Discovery;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.prometheus.http.Deadline;
import dev.binnacle.prometheus.http.Shown;
import dev.binnacle.prometheus.http.Watch;
import dev.binnacle.prometheus.http.WebClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Groups that a server tells. */
final class HttpSource implements GroupSource {
    private static final int LARGEST = 64 << 20;

    private final Discovery.Http http;
    private final WebClient client;

    HttpSource(Discovery.Http http, AddressRule rule, Watch watch) {
        this.http = http;
        this.client = new WebClient(http.http(), rule, watch);
    }

    @Override
    public List<TargetGroup> read() throws IOException {
        var headers = Map.of(
                "User-Agent",
                "Binnacle",
                "Accept",
                "application/json",
                "X-Prometheus-Refresh-Interval-Seconds",
                Double.toString(http.refresh().toMillis() / 1000.0));
        try (var answer = client.get(http.url(), headers, Deadline.in(http.refresh()))) {
            if (answer.status() != 200) {
                throw new IOException(Shown.of(http.url()) + " answered " + answer.status());
            }
            if (!answer.header("Content-Type").startsWith("application/json")) {
                throw new IOException(
                        Shown.of(http.url()) + " answers with '" + answer.header("Content-Type") + "', not JSON");
            }
            byte[] body = answer.body().readNBytes(LARGEST + 1);
            if (body.length > LARGEST) {
                throw new IOException(Shown.of(http.url()) + " tells more than " + LARGEST + " bytes");
            }
            return GroupReader.read(new String(body, StandardCharsets.UTF_8)).stream()
                    .map(this::withUrl)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new IOException(Shown.of(http.url()) + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Duration pause() {
        return http.refresh();
    }

    @Override
    public void close() {
        client.close();
    }

    private TargetGroup withUrl(TargetGroup group) {
        var labels = new TreeMap<>(group.labels());
        labels.put("__meta_url", http.url().toString());
        return new TargetGroup(group.targets(), labels);
    }
}
