package dev.binnacle.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy asked for and holds of one type. Confined to the server's thread.
 *
 * <p>At most one response is in flight, so a slow proxy costs one response of memory and then gets the newest state.
 *
 * <p>A proxy that refuses a response of several resources does not say reliably which of them it refused, nor which
 * of the others it took. So nothing of it counts as held, and the resources are sent again in smaller portions, the
 * ones its message mentions alone, until a response with a single resource is refused: that one is to blame.
 *
 * <p>Source: xDS protocol, "Incremental xDS" and "How the client specifies what resources to return".
 */
final class Subscription {
    /** The version of what the proxy knows not to exist. */
    static final String ABSENT = "";

    private static final String WILDCARD = "*";

    private final XdsType type;
    private final Set<String> names = new HashSet<>();
    private final Held held;
    private final Rejections rejections = new Rejections();
    private final Set<String> suspects = new TreeSet<>();
    private boolean wildcard;
    private boolean owed;
    private int portion = Integer.MAX_VALUE;
    private @Nullable InFlight inFlight;
    private @Nullable ResourceSet compared;
    private Changes lacking = Changes.NONE;
    private @Nullable Set<String> covered;

    /** The response without an answer, and what of it no longer says anything about the proxy. */
    private record InFlight(String nonce, ResourceSet set, Changes changes, Set<String> disowned) {}

    /** What a request says about the response in flight. */
    enum Answer {
        ACK,
        NACK,
        /** It speaks of an earlier response. */
        STALE
    }

    /** Starts from the first request of the type on a stream, which tells what the proxy still holds from an earlier one. */
    Subscription(XdsType type, DeltaDiscoveryRequest first) {
        this.type = type;
        this.wildcard = type.wildcard() && first.getResourceNamesSubscribeCount() == 0;
        this.held = new Held(names, wildcard);
        subscribe(first.getResourceNamesSubscribeList());
        first.getInitialResourceVersionsMap().forEach((name, version) -> {
            if (held.counts(name)) {
                held.put(name, version);
            }
        });
        this.owed = wildcard && first.getInitialResourceVersionsCount() == 0;
    }

    /** Takes the changes of a later request. */
    void update(DeltaDiscoveryRequest request) {
        subscribe(request.getResourceNamesSubscribeList());
        unsubscribe(request.getResourceNamesUnsubscribeList());
    }

    /** Makes sure that the resource is sent (again), whatever the proxy holds. */
    void forget(String name) {
        if (held.counts(name)) {
            changed();
            held.await(name);
            disown(name);
        }
    }

    /** Does the same for everything of a route table, which keeps no virtual hosts from before the proxy took it. */
    void doubtTable(String table) {
        changed();
        Predicate<String> concerned = name -> RouteTables.tableOf(name).equals(table);
        held.doubtAll(concerned);
        if (inFlight != null) {
            inFlight.changes().versions().keySet().stream().filter(concerned).forEach(name -> {
                held.doubt(name);
                disown(name);
            });
        }
    }

    /** Tells whether a response waits for its answer. */
    boolean busy() {
        return inFlight != null;
    }

    /** Tells whether the proxy waits for a first response, even an empty one: Envoy does not start without. */
    boolean owed() {
        return owed;
    }

    /** Tells whether the proxy asked for all of {@code wanted}. */
    @SuppressWarnings("ReferenceEquality")
    boolean asksFor(Set<String> wanted) {
        if (wildcard || wanted == covered) {
            return true;
        }
        covered = names.containsAll(wanted) ? wanted : null;
        return covered != null;
    }

    /** Tells whether the proxy asked for {@code name}. */
    boolean asksFor(String name) {
        return names.contains(name);
    }

    /** Tells whether the proxy has some version of {@code name}. */
    boolean holds(String name) {
        return held.holds(name);
    }

    /** Tells whether it is known which version of {@code name} the proxy has. */
    boolean surelyHolds(String name) {
        return held.surelyHolds(name);
    }

    /** Tells whether the proxy has some version of {@code name}, or one is on its way. */
    boolean isTold(String name) {
        return held.holds(name)
                || inFlight != null
                        && !inFlight.disowned().contains(name)
                        && !inFlight.changes()
                                .versions()
                                .getOrDefault(name, ABSENT)
                                .equals(ABSENT);
    }

    /** Tells whether the proxy has some virtual host of {@code table}. */
    boolean holdsOfTable(String table) {
        return held.holdsAny(name -> RouteTables.tableOf(name).equals(table));
    }

    /** Returns what the proxy has to be told. Refused versions are left out. */
    @SuppressWarnings("ReferenceEquality")
    Changes pending(ResourceSet wanted) {
        if (wanted != compared) {
            lacking = held.lacking(wanted, rejections);
            compared = wanted;
            if (lacking.isEmpty()) {
                held.expressBy(wanted);
            }
        }
        return lacking;
    }

    /** Returns the refusals that stand: the refused version is still the wanted one. */
    List<Rejection> rejections(ResourceSet wanted) {
        return rejections.standing(wanted);
    }

    /** Returns as much of {@code due} as may go into one response. */
    Changes portionOf(Changes due, ResourceSet wanted) {
        if (due.isEmpty() || suspects.isEmpty() && due.size() <= portion) {
            return due;
        }
        var part = new TreeMap<String, String>();
        due.versions().forEach((name, version) -> {
            if (!suspects.contains(name) && part.size() < portion) {
                part.put(name, version);
            }
        });
        if (part.isEmpty()) {
            String first = due.versions().firstKey();
            part.put(first, due.versions().get(first));
        }
        return new Changes(wanted, part);
    }

    /** Notes that a response was sent. */
    void sent(String nonce, ResourceSet set, Changes changes) {
        inFlight = new InFlight(nonce, set, changes, new HashSet<>());
        owed = false;
    }

    /**
     * Takes the answer to the response with {@code nonce}.
     *
     * @param error the proxy's reason when it refuses
     */
    Answer answered(String nonce, @Nullable String error) {
        var answered = inFlight;
        if (answered == null || !answered.nonce().equals(nonce)) {
            return Answer.STALE;
        }
        inFlight = null;
        changed();
        if (error == null) {
            acknowledge(answered);
            return Answer.ACK;
        }
        refuse(answered, error);
        return Answer.NACK;
    }

    private void acknowledge(InFlight answered) {
        var told = answered.changes().versions();
        if (!answered.disowned().isEmpty() || !held.took(answered.changes(), answered.set())) {
            told.forEach((name, version) -> {
                if (!answered.disowned().contains(name)) {
                    held.put(name, version);
                }
            });
            held.expressBy(answered.set());
        }
        if (!suspects.isEmpty()) {
            suspects.removeAll(told.keySet());
        }
        if (suspects.isEmpty()) {
            portion = Integer.MAX_VALUE;
        }
        if (!rejections.isEmpty()) {
            told.keySet().forEach(rejections::remove);
            reconsider(told.keySet());
        }
    }

    /** What was refused beside the earlier virtual hosts of a table (a domain may be in one only) is tried beside the new. */
    private void reconsider(Set<String> taken) {
        if (type != XdsType.VIRTUAL_HOST) {
            return;
        }
        var tables = taken.stream().map(RouteTables::tableOf).collect(Collectors.toSet());
        rejections.removeIf(name -> tables.contains(RouteTables.tableOf(name)));
    }

    private void refuse(InFlight answered, String error) {
        var told = new TreeMap<>(answered.changes().versions());
        told.keySet().removeAll(answered.disowned());
        told.forEach((name, version) -> {
            if (!version.equals(ABSENT)) {
                held.doubt(name);
            }
        });
        if (answered.changes().size() == 1) {
            told.forEach((name, version) ->
                    rejections.add(new Rejection(new ResourceId(type, name), version, error.strip())));
            suspects.removeAll(told.keySet());
            return;
        }
        var mentioned =
                told.keySet().stream().filter(name -> Mention.of(name, error)).toList();
        if (mentioned.isEmpty() || mentioned.size() == told.size()) {
            portion = Math.max(1, told.size() / 2);
        } else {
            suspects.addAll(mentioned);
        }
    }

    private void subscribe(List<String> wanted) {
        for (String name : wanted) {
            if (name.equals(WILDCARD)) {
                wildcard = true;
                held.countAll();
                changed();
            } else {
                names.add(name);
                // Asking again means: send it, even if you think I have it.
                forget(name);
            }
        }
    }

    private void unsubscribe(List<String> unwanted) {
        if (unwanted.isEmpty()) {
            return;
        }
        changed();
        covered = null;
        unwanted.forEach(names::remove);
        if (unwanted.contains(WILDCARD)) {
            wildcard = false;
            held.countNames();
        }
        if (!wildcard) {
            unwanted.forEach(name -> {
                held.drop(name);
                disown(name);
            });
            rejections.retain(names);
            suspects.retainAll(names);
        }
    }

    private void disown(String name) {
        if (inFlight != null) {
            inFlight.disowned().add(name);
        }
    }

    private void changed() {
        compared = null;
    }
}
