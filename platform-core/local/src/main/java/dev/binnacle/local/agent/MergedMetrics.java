package dev.binnacle.local.agent;

import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The merged exposition of a pod: the agent's own metrics, the sidecar's, the application's (facts F9).
 *
 * <p>As with Istio's agent there is always an answer; a half that is missing is counted in {@code
 * istio_agent_scrape_failures_total}. Families that both halves have come from the sidecar alone. Thread-safe.
 */
public final class MergedMetrics {
    private static final System.Logger LOG = System.getLogger(MergedMetrics.class.getName());

    private final HttpClient client;
    private final List<MetricsHalf> halves;
    private final Instant startedAt;
    private final AtomicLong scrapes = new AtomicLong();
    private final AtomicLong droppedFamilies = new AtomicLong();
    private final Map<String, AtomicLong> failures = new TreeMap<>();
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    /**
     * Merges what the two addresses serve.
     *
     * @param envoy null for a pod without a sidecar
     * @param application null for a pod whose annotations offer no metrics
     */
    public MergedMetrics(HttpClient client, @Nullable URI envoy, @Nullable URI application, Instant startedAt) {
        this.client = client;
        this.startedAt = startedAt;
        var found = new ArrayList<MetricsHalf>();
        if (envoy != null) {
            found.add(new MetricsHalf("envoy", envoy));
        }
        if (application != null) {
            found.add(new MetricsHalf("application", application));
        }
        halves = List.copyOf(found);
        for (String type : List.of("application", "envoy")) {
            failures.put(type, new AtomicLong());
        }
    }

    /** Returns the exposition of this moment; each half has {@code limit} to answer. */
    public String scrape(Duration limit) {
        scrapes.incrementAndGet();
        var fetches = halves.stream().map(half -> half.fetch(client, limit)).toList();
        var taken = new HashSet<String>();
        var bodies = new StringBuilder();
        for (int i = 0; i < halves.size(); i++) {
            String text = textOf(halves.get(i), fetches.get(i));
            Exposition.Remainder rest = Exposition.without(taken, text);
            droppedFamilies.addAndGet(rest.dropped().size());
            taken.addAll(Exposition.families(rest.text()));
            bodies.append(rest.text());
        }
        return own() + bodies;
    }

    private String textOf(MetricsHalf half, CompletableFuture<String> fetch) {
        try {
            String text = fetch.join();
            failing.remove(half.type());
            return text;
        } catch (CompletionException e) {
            countOf(half.type()).incrementAndGet();
            if (failing.add(half.type())) {
                LOG.log(Level.DEBUG, "scrape failed type=" + half.type() + " address=" + half.address(), e.getCause());
            }
            return "";
        }
    }

    private AtomicLong countOf(String type) {
        return failures.computeIfAbsent(type, each -> new AtomicLong());
    }

    private String own() {
        var text = new StringBuilder();
        counter(text, "istio_agent_scrapes_total", "Scrapes of the merged endpoint.");
        sample(text, "istio_agent_scrapes_total", scrapes.get());
        counter(text, "istio_agent_scrape_failures_total", "Scrapes in which one half was missing.");
        failures.forEach(
                (type, count) -> sample(text, "istio_agent_scrape_failures_total{type=\"" + type + "\"}", count.get()));
        counter(text, "binnacle_agent_dropped_families_total", "Application families that the sidecar has too.");
        sample(text, "binnacle_agent_dropped_families_total", droppedFamilies.get());
        text.append(
                "# HELP istio_agent_process_start_time_seconds When the agent began, in seconds since the epoch.\n");
        text.append("# TYPE istio_agent_process_start_time_seconds gauge\n");
        sample(text, "istio_agent_process_start_time_seconds", startedAt.getEpochSecond());
        return text.toString();
    }

    private static void counter(StringBuilder text, String name, String help) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(" counter\n");
    }

    private static void sample(StringBuilder text, String series, long value) {
        text.append(series).append(' ').append(value).append('\n');
    }
}
