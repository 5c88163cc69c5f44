package dev.binnacle.xds;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What a proxy is to be told of one type: names, and the versions of {@code wanted} or {@link Subscription#ABSENT}.
 *
 * <p>Proxies that are to be told the same share the object, and with it the bytes of the response.
 */
final class Changes {
    static final Changes NONE = new Changes(ResourceSet.EMPTY, Collections.emptySortedMap());

    private final ResourceSet wanted;
    private final SortedMap<String, String> versions;
    private final SharedBody body = new SharedBody();
    private volatile @Nullable Set<String> tables;

    Changes(ResourceSet wanted, SortedMap<String, String> versions) {
        this.wanted = wanted;
        this.versions = Collections.unmodifiableSortedMap(versions);
    }

    SortedMap<String, String> versions() {
        return versions;
    }

    boolean isEmpty() {
        return versions.isEmpty();
    }

    int size() {
        return versions.size();
    }

    /** Returns the route tables that the names, of virtual hosts, begin with. */
    Set<String> tables() {
        var known = tables;
        if (known == null) {
            var all = new TreeSet<String>();
            versions.keySet().forEach(name -> all.add(RouteTables.tableOf(name)));
            known = all;
            tables = known;
        }
        return known;
    }

    /** Returns what does not fulfil {@code unwanted}. */
    Changes without(BiPredicate<String, String> unwanted) {
        TreeMap<String, String> rest = null;
        for (var entry : versions.entrySet()) {
            if (unwanted.test(entry.getKey(), entry.getValue())) {
                if (rest == null) {
                    rest = new TreeMap<>(versions);
                }
                rest.remove(entry.getKey());
            }
        }
        if (rest == null) {
            return this;
        }
        return rest.isEmpty() ? NONE : new Changes(wanted, rest);
    }

    /** Returns the response that tells all of it. */
    Response response(XdsType type, String nonce) {
        var bytes = isEmpty() ? SharedBody.serialized(type, wanted, versions) : body.of(type, wanted, versions);
        return new Response(bytes, nonce);
    }

    /** Returns the same, or what is known to be equal to it already. */
    static Changes of(ResourceSet wanted, Map<String, String> versions) {
        if (versions.isEmpty()) {
            return NONE;
        }
        var sorted = new TreeMap<>(versions);
        var whole = wanted.since(ResourceSet.EMPTY);
        return sorted.equals(whole.versions) ? whole : new Changes(wanted, sorted);
    }
}
