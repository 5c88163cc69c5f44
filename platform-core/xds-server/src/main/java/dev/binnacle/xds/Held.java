package dev.binnacle.xds;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What a proxy holds of one type, as far as its answers tell: the resources of a set that many proxies share, but for a
 * few. Confined to the server's thread.
 */
final class Held {
    /** The version of what the proxy knows not to exist. */
    static final String ABSENT = Subscription.ABSENT;

    /** Something like it may be there: what was refused, or taken by a route table that is gone. */
    private static final String UNKNOWN = "?";
    /** The proxy waits to hear of it, be it that it does not exist. */
    private static final String AWAITED = "!";

    private final Set<String> names;
    private final Map<String, String> apart = new HashMap<>();
    private boolean all;
    private ResourceSet base = ResourceSet.EMPTY;

    /**
     * Nothing yet.
     *
     * @param names what counts, if not {@code all} does; may change later
     */
    Held(Set<String> names, boolean all) {
        this.names = names;
        this.all = all;
    }

    /** From now on everything counts. */
    void countAll() {
        if (!all) {
            names.forEach(name -> apart.putIfAbsent(name, base.versionOf(name)));
            base = ResourceSet.EMPTY;
            all = true;
        }
    }

    /** From now on only the names count, as they are now. */
    void countNames() {
        all = false;
        apart.keySet().retainAll(names);
    }

    boolean counts(String name) {
        return all || names.contains(name);
    }

    /** Returns the version, {@link #ABSENT} when it holds none, something else when that is not known. */
    String version(String name) {
        String known = apart.get(name);
        if (known != null) {
            return known;
        }
        return counts(name) ? base.versionOf(name) : ABSENT;
    }

    void put(String name, String version) {
        apart.put(name, version);
    }

    /** Makes the version unequal to any, also to {@link #ABSENT}. */
    void await(String name) {
        apart.put(name, AWAITED);
    }

    void doubt(String name) {
        apart.put(name, UNKNOWN);
    }

    void doubtAll(Predicate<String> which) {
        apart.replaceAll((name, version) -> which.test(name) ? UNKNOWN : version);
        for (var resource : base.all()) {
            if (counts(resource.name()) && which.test(resource.name())) {
                apart.put(resource.name(), UNKNOWN);
            }
        }
    }

    /** It counts no more. */
    void drop(String name) {
        apart.remove(name);
    }

    /** Tells whether the proxy has some version. */
    boolean holds(String name) {
        String version = version(name);
        return !version.equals(ABSENT) && !version.equals(AWAITED);
    }

    /** Tells whether it is known which version the proxy has. */
    boolean surelyHolds(String name) {
        return holds(name) && !version(name).equals(UNKNOWN);
    }

    boolean holdsAny(Predicate<String> which) {
        return apart.keySet().stream().anyMatch(name -> which.test(name) && holds(name))
                || base.all().stream().anyMatch(resource -> which.test(resource.name()) && holds(resource.name()));
    }

    /** Returns what the proxy lacks of {@code wanted}, without what is {@code refused}. */
    Changes lacking(ResourceSet wanted, Rejections refused) {
        var changes = wanted.since(base);
        if (apart.isEmpty() && refused.isEmpty() && countsAll(changes)) {
            return changes;
        }
        var lacking = new HashMap<String, String>();
        changes.versions().forEach((name, version) -> {
            if (!apart.containsKey(name) && counts(name) && !refused.contain(name, version)) {
                lacking.put(name, version);
            }
        });
        apart.forEach((name, has) -> {
            String version = wanted.versionOf(name);
            if (!version.equals(has) && !refused.contain(name, version)) {
                lacking.put(name, version);
            }
        });
        return Changes.of(wanted, lacking);
    }

    /** Notes that the proxy took {@code changes}, if they are all that lay between what it held and {@code set}. */
    @SuppressWarnings("ReferenceEquality")
    boolean took(Changes changes, ResourceSet set) {
        boolean everything = apart.isEmpty() && changes == set.since(base);
        if (everything) {
            base = set;
        }
        return everything;
    }

    /** Says the same as a difference to another set, which most proxies will come to hold. */
    @SuppressWarnings("ReferenceEquality")
    void expressBy(ResourceSet set) {
        if (set == base) {
            return;
        }
        set.since(base).versions().keySet().forEach(name -> {
            if (counts(name)) {
                apart.putIfAbsent(name, base.versionOf(name));
            }
        });
        base = set;
        apart.entrySet().removeIf(entry -> entry.getValue().equals(set.versionOf(entry.getKey())));
    }

    private boolean countsAll(Changes changes) {
        return all || names.containsAll(changes.versions().keySet());
    }
}
