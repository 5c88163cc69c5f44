package dev.binnacle.app.events;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import jakarta.inject.Singleton;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Tells every viewer what happens. Nobody waits for a viewer, and nothing is kept for one without bound: one that has not taken the
 * last {@value #BEHIND} events is cut off, connects again and reads everything anew. For any thread.
 */
@Singleton
public class Events {
    /** So many people look at one mesh at once; more are a mistake, or an attack. */
    static final int MOST = 100;

    /** So many events may wait for a viewer. */
    static final int BEHIND = 16;

    private static final Pattern NAME = Pattern.compile("[a-z][a-z-]*");

    private final ObjectMapper json;

    /** Guarded by itself. */
    private final Set<MultiEmitter<? super Event>> viewers = new HashSet<>();

    /** How many are promised a place; guarded by {@link #viewers}. */
    private int places;

    Events(ObjectMapper json) {
        this.json = json;
    }

    /**
     * Tells every viewer.
     *
     * @param name what kind of event it is: lower case letters and dashes
     * @param value what there is to say of it, made JSON of; a record or a map
     * @throws IllegalArgumentException for another name, and for what is no JSON
     */
    public void publish(String name, Object value) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("an event has a name such as changes, got '" + name + "'");
        }
        var all = looking();
        if (!all.isEmpty()) {
            var event = event(name, value);
            all.forEach(viewer -> viewer.emit(event));
        }
    }

    /** Makes an event without telling anybody. */
    Event event(String name, Object value) {
        try {
            return new Event(name, json.writeValueAsString(value));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an event is JSON, this is not: " + value, e);
        }
    }

    /** Lets every connection show that it lives. */
    void heartbeat() {
        looking().forEach(viewer -> viewer.emit(Event.HEARTBEAT));
    }

    /** Returns how many look. */
    public int viewers() {
        synchronized (viewers) {
            return places;
        }
    }

    /**
     * Returns what happens from now on, for one viewer; ends with an error when that does not take it. The place is taken at once, and
     * given back when the viewer is gone, so what is returned has to be subscribed to, once.
     *
     * @param first what the viewer is told first
     * @return empty when there are too many
     */
    Optional<Multi<Event>> look(Supplier<Event> first) {
        synchronized (viewers) {
            if (places >= MOST) {
                return Optional.empty();
            }
            places++;
        }
        return Optional.of(Multi.createFrom()
                .<Event>emitter(viewer -> add(viewer, first.get()))
                .onOverflow()
                .buffer(BEHIND));
    }

    private void add(MultiEmitter<? super Event> viewer, Event first) {
        viewer.emit(first);
        synchronized (viewers) {
            viewers.add(viewer);
        }
        viewer.onTermination(() -> remove(viewer));
    }

    private void remove(MultiEmitter<? super Event> viewer) {
        synchronized (viewers) {
            if (viewers.remove(viewer)) {
                places--;
            }
        }
    }

    private List<MultiEmitter<? super Event>> looking() {
        synchronized (viewers) {
            return List.copyOf(viewers);
        }
    }
}
