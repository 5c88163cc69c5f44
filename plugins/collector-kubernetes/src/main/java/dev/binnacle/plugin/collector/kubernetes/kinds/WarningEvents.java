package dev.binnacle.plugin.collector.kubernetes.kinds;

import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import io.fabric8.kubernetes.api.model.Event;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Warning events, counted since the watch began. An event that repeats itself is one object with a count that grows; a reason is
 * whatever somebody wrote, so there is a limit to how many are told apart.
 */
public final class WarningEvents implements ReportedKind<Event, WarningEvents.Facts> {
    private static final int MOST_SERIES = 1_000;
    private static final String OTHER = "other";

    private static final MetricFamily EVENTS = MetricFamily.counter(
            "binnacle_kubernetes_warning_events_total", "", "Warning events since the collector has been watching");

    private final Map<String, Integer> counted = new HashMap<>();
    private final TreeMap<Labels, Double> totals = new TreeMap<>();

    /**
     * What is kept of an event.
     *
     * @param about the labels namespace, kind and reason
     * @param count how often it has happened
     */
    public record Facts(String uid, Labels about, int count) {}

    @Override
    public String resource() {
        return "events";
    }

    @Override
    public Class<Event> type() {
        return Event.class;
    }

    @Override
    public Event empty() {
        return new Event();
    }

    @Override
    public Selected selected() {
        return new Selected(Map.of("type", "Warning"), Map.of());
    }

    @Override
    public Facts read(Event event) {
        var metadata = event.getMetadata();
        String kind = event.getInvolvedObject() == null
                ? ""
                : event.getInvolvedObject().getKind();
        var about = Labels.of(
                "namespace", Texts.of(metadata.getNamespace()),
                "kind", Texts.of(kind),
                "reason", Texts.of(event.getReason()));
        return new Facts(Texts.of(metadata.getUid()), about, count(event));
    }

    @Override
    public synchronized void seen(Facts event, boolean since) {
        Integer before = counted.put(event.uid(), event.count());
        int more = Math.max(0, event.count() - (before == null ? 0 : before));
        totals.merge(known(event.about()), since ? (double) more : 0, Double::sum);
    }

    @Override
    public synchronized void gone(Facts event) {
        counted.remove(event.uid());
    }

    @Override
    public synchronized void report(Collection<Facts> present, Instant at, Consumer<Sample> out) {
        totals.forEach((about, total) -> out.accept(EVENTS.sample(about, total, at)));
    }

    /** Returns the labels themselves, or, when there are too many, those of all others. */
    private Labels known(Labels about) {
        boolean hasRoom = totals.size() < MOST_SERIES || totals.containsKey(about);
        return hasRoom ? about : Labels.of("reason", OTHER);
    }

    private static int count(Event event) {
        int inSeries =
                event.getSeries() == null ? 0 : Texts.of(event.getSeries().getCount());
        return Math.max(1, Math.max(Texts.of(event.getCount()), inSeries));
    }
}
