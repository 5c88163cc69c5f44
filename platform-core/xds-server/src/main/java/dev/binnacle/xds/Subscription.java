package dev.binnacle.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What one proxy asked for and holds of one type, as far as its answers tell. Confined to the server's thread.
 *
 * <p>At most one response is in flight, so a slow proxy costs one response of memory and then gets the newest state.
 *
 * <p>A proxy that refuses a response of several resources does not say reliably which of them it refused, nor which
 * of the others it took. So nothing of it counts as held, and the resources are sent again in smaller portions, the
 * ones its message mentions alone, until a response with a single resource is refused: that one is to blame.
 */
final class Subscription {
    /** The version of what the proxy knows not to exist. */
    static final String ABSENT = "";

    private static final String UNKNOWN = "?";
    private static final String WILDCARD = "*";

    private final XdsType type;
    private final Set<String> names = new TreeSet<>();
    private final Map<String, String> held = new HashMap<>();
    private final Map<String, Rejection> rejected = new TreeMap<>();
    private final Set<String> suspects = new TreeSet<>();
    private boolean wildcard;
    private boolean owed;
    private int portion = Integer.MAX_VALUE;
    private @Nullable InFlight inFlight;
    private @Nullable ResourceSet satisfied;
    private @Nullable Set<String> covered;

    private record InFlight(String nonce, Map<String, String> sent) {}

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
        subscribe(first.getResourceNamesSubscribeList());
        held.putAll(first.getInitialResourceVersionsMap());
        if (!wildcard) {
            held.keySet().retainAll(names);
        }
        this.owed = wildcard && held.isEmpty();
    }

    /** Takes the changes of a later request. */
    void update(DeltaDiscoveryRequest request) {
        subscribe(request.getResourceNamesSubscribeList());
        unsubscribe(request.getResourceNamesUnsubscribeList());
    }

    /** Makes sure that the resource is sent (again), whatever the proxy holds. */
    void forget(String name) {
        satisfied = null;
        held.remove(name);
        if (inFlight != null) {
            inFlight.sent().remove(name);
        }
    }

    /** Does the same for everything of a route table, which keeps no virtual hosts from before the proxy took it. */
    void doubtTable(String table) {
        satisfied = null;
        held.replaceAll((name, version) -> RouteTables.tableOf(name).equals(table) ? UNKNOWN : version);
        if (inFlight != null) {
            inFlight.sent().keySet().removeIf(name -> {
                boolean concerned = RouteTables.tableOf(name).equals(table);
                if (concerned) {
                    held.put(name, UNKNOWN);
                }
                return concerned;
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

    /** Tells whether the proxy is sure to have a version of {@code name}. */
    boolean surelyHolds(String name) {
        return holds(name) && !UNKNOWN.equals(held.get(name));
    }

    /** Tells whether the proxy has some version of {@code name}, or one is on its way. */
    boolean isTold(String name) {
        return holds(name)
                || inFlight != null
                        && !inFlight.sent().getOrDefault(name, ABSENT).equals(ABSENT);
    }

    /** Tells whether the proxy has some virtual host of {@code table}. */
    boolean holdsOfTable(String table) {
        return held.entrySet().stream()
                .anyMatch(e -> !e.getValue().equals(ABSENT)
                        && RouteTables.tableOf(e.getKey()).equals(table));
    }

    /** Tells whether the proxy has some version of {@code name}. */
    boolean holds(String name) {
        return !held.getOrDefault(name, ABSENT).equals(ABSENT);
    }

    /** Returns what the proxy has to be told: name to version, {@link #ABSENT} for a removal. Refused versions are left out. */
    SortedMap<String, String> pending(ResourceSet wanted) {
        var pending = new TreeMap<String, String>();
        if (wanted.isKnownToEqual(satisfied)) {
            return pending;
        }
        for (String name : relevant(wanted)) {
            String version = wanted.versionOf(name);
            if (!version.equals(held.get(name)) && !refused(name, version)) {
                pending.put(name, version);
            }
        }
        satisfied = pending.isEmpty() ? wanted : null;
        return pending;
    }

    /** Returns the refusals that stand: the refused version is still the wanted one. */
    List<Rejection> rejections(ResourceSet wanted) {
        return rejected.values().stream()
                .filter(r -> r.version().equals(wanted.versionOf(r.resource().name())))
                .toList();
    }

    /** Returns as much of {@code due} as may go into one response. */
    SortedMap<String, String> portionOf(SortedMap<String, String> due) {
        var portion = new TreeMap<String, String>();
        due.forEach((name, version) -> {
            if (!suspects.contains(name) && portion.size() < this.portion) {
                portion.put(name, version);
            }
        });
        if (portion.isEmpty() && !due.isEmpty()) {
            portion.put(due.firstKey(), due.get(due.firstKey()));
        }
        return portion;
    }

    /** Notes that a response was sent. */
    void sent(String nonce, Map<String, String> versions) {
        inFlight = new InFlight(nonce, new HashMap<>(versions));
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
        satisfied = null;
        if (error == null) {
            acknowledge(answered.sent());
            return Answer.ACK;
        }
        refuse(answered.sent(), error);
        return Answer.NACK;
    }

    private void acknowledge(Map<String, String> sent) {
        sent.forEach((name, version) -> {
            if (version.equals(ABSENT) && wildcard && !names.contains(name)) {
                held.remove(name);
            } else {
                held.put(name, version);
            }
            rejected.remove(name);
            suspects.remove(name);
        });
        if (suspects.isEmpty()) {
            portion = Integer.MAX_VALUE;
        }
        if (type == XdsType.VIRTUAL_HOST) {
            reconsider(sent.keySet());
        }
    }

    /** What was refused beside the earlier virtual hosts of a table (a domain may be in one only) is tried beside the new. */
    private void reconsider(Set<String> taken) {
        if (!rejected.isEmpty()) {
            var tables = taken.stream().map(RouteTables::tableOf).collect(Collectors.toSet());
            rejected.keySet().removeIf(name -> tables.contains(RouteTables.tableOf(name)));
        }
    }

    private void refuse(Map<String, String> sent, String error) {
        sent.forEach((name, version) -> {
            if (!version.equals(ABSENT)) {
                held.put(name, UNKNOWN);
            }
        });
        if (sent.size() == 1) {
            sent.forEach((name, version) ->
                    rejected.put(name, new Rejection(new ResourceId(type, name), version, error.strip())));
            suspects.removeAll(sent.keySet());
            return;
        }
        var mentioned =
                sent.keySet().stream().filter(name -> Mention.of(name, error)).toList();
        if (mentioned.isEmpty() || mentioned.size() == sent.size()) {
            portion = Math.max(1, sent.size() / 2);
        } else {
            suspects.addAll(mentioned);
        }
    }

    private void subscribe(List<String> wanted) {
        for (String name : wanted) {
            if (name.equals(WILDCARD)) {
                wildcard = true;
                satisfied = null;
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
        satisfied = null;
        covered = null;
        for (String name : unwanted) {
            if (name.equals(WILDCARD)) {
                wildcard = false;
            } else {
                names.remove(name);
            }
        }
        if (!wildcard) {
            held.keySet().retainAll(names);
            rejected.keySet().retainAll(names);
            suspects.retainAll(names);
            if (inFlight != null) {
                inFlight.sent().keySet().retainAll(names);
            }
        }
    }

    private Set<String> relevant(ResourceSet wanted) {
        if (!wildcard) {
            return names;
        }
        var all = new TreeSet<>(names);
        all.addAll(wanted.byName().keySet());
        all.addAll(held.keySet());
        return all;
    }

    private boolean refused(String name, String version) {
        var rejection = rejected.get(name);
        return rejection != null && rejection.version().equals(version);
    }
}
