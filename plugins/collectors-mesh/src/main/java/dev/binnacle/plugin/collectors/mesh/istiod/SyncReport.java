package dev.binnacle.plugin.collectors.mesh.istiod;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What one istiod says about its proxies as samples: counts of all, details of as many as may have any. */
final class SyncReport {
    private static final int MOST_VERSIONS = 20;

    private final Labels istiod;
    private final Instant at;
    private final List<Sample> samples = new ArrayList<>();

    SyncReport(String istiod, Instant at) {
        this.istiod = Labels.of("istiod", istiod);
        this.at = at;
    }

    /** @param most how many proxies have series of their own: those in trouble first, then by name */
    List<Sample> of(Collection<ProxySync> proxies, int most) {
        samples.add(IstiodMetrics.UP.sample(istiod, 1, at));
        versions(proxies);
        states(proxies);
        proxies.stream()
                .sorted(Comparator.comparing(ProxySync::isInTrouble).reversed().thenComparing(ProxySync::id))
                .limit(most)
                .forEach(this::details);
        samples.add(IstiodMetrics.HIDDEN.sample(istiod, Math.max(0, proxies.size() - most), at));
        return samples;
    }

    /** There are as many versions as proxies say; beyond some they are one. */
    private void versions(Collection<ProxySync> proxies) {
        var counts = new TreeMap<Labels, Integer>();
        for (var proxy : proxies) {
            var labels = istiod.with("kind", proxy.kind()).with("version", proxy.version());
            boolean known = counts.containsKey(labels) || counts.size() < MOST_VERSIONS;
            counts.merge(known ? labels : istiod.with("kind", "other").with("version", "other"), 1, Integer::sum);
        }
        counts.forEach((labels, count) -> samples.add(IstiodMetrics.PROXIES.sample(labels, count, at)));
    }

    private void states(Collection<ProxySync> proxies) {
        var counts = new TreeMap<String, Map<SyncState, Integer>>();
        for (var proxy : proxies) {
            proxy.types()
                    .forEach((type, sync) -> counts.computeIfAbsent(type, t -> new EnumMap<>(SyncState.class))
                            .merge(sync.state(), 1, Integer::sum));
        }
        counts.forEach((type, byState) -> {
            for (var state : SyncState.values()) {
                var labels = istiod.with("type", type).with("status", state.text());
                samples.add(IstiodMetrics.BY_STATUS.sample(labels, byState.getOrDefault(state, 0), at));
            }
        });
    }

    private void details(ProxySync proxy) {
        var named = istiod.with("pod", proxy.pod()).with("namespace", proxy.namespace());
        proxy.types().forEach((type, sync) -> {
            var labels = named.with("type", type);
            for (var state : SyncState.values()) {
                samples.add(IstiodMetrics.STATUS.sample(
                        labels.with("status", state.text()), state == sync.state() ? 1 : 0, at));
            }
            var sent = sync.sent();
            if (sent != null) {
                double since = Math.max(0, Duration.between(sent, at).toMillis() / 1e3);
                samples.add(IstiodMetrics.SENT.sample(labels, sent.toEpochMilli() / 1e3, at));
                samples.add(
                        IstiodMetrics.UNACKNOWLEDGED.sample(labels, sync.state().isTrouble() ? since : 0, at));
            }
        });
    }
}
