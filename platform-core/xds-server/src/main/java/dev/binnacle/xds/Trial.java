package dev.binnacle.xds;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A publication that a few proxies try before the others hear of it. Confined to the server's thread. */
final class Trial {
    /** How it stands. */
    enum Verdict {
        OPEN,
        TAKEN,
        REFUSED
    }

    /** What one proxy can try for others: resources of one name, and listeners of one port, are alike. */
    private record Sample(XdsType type, String name) {
        static Sample of(ResourceId id) {
            boolean listener = id.type() == XdsType.LISTENER;
            return new Sample(
                    id.type(), listener ? id.name().substring(id.name().lastIndexOf('_') + 1) : id.name());
        }
    }

    static final Trial NONE = new Trial(new Publication(0, Map.of()), List.of(), Set.of());

    private final Publication publication;
    private final List<ProxyStream> first;
    private final Set<String> held;

    private Trial(Publication publication, List<ProxyStream> first, Set<String> held) {
        this.publication = publication;
        this.first = first;
        this.held = held;
    }

    /** Chooses who tries: the proxies that are up to date before the others, of these the first by name. */
    static Trial of(Publication publication, Collection<ProxyStream> connected) {
        var candidates = connected.stream()
                .filter(stream -> publication.changes().containsKey(stream.nodeId()))
                .sorted(Comparator.comparing(ProxyStream::settled).reversed().thenComparing(ProxyStream::nodeId))
                .toList();
        var tried = new HashSet<Sample>();
        var first = candidates.stream()
                .filter(stream -> tried.addAll(samples(publication, stream)))
                .toList();
        var held = candidates.stream()
                .filter(stream -> !first.contains(stream))
                .map(ProxyStream::nodeId)
                .collect(Collectors.toCollection(TreeSet::new));
        return new Trial(publication, first, held);
    }

    private static Set<Sample> samples(Publication publication, ProxyStream stream) {
        return publication.changes().getOrDefault(stream.nodeId(), Set.of()).stream()
                .map(Sample::of)
                .collect(Collectors.toSet());
    }

    /** Tells whether the node has to wait. */
    boolean holds(String node) {
        return held.contains(node);
    }

    /** Tells whether anyone waits. */
    boolean isNeeded() {
        return !held.isEmpty();
    }

    /** Returns how those that try have answered; who has gone has nothing against it. */
    Verdict verdict(Collection<ProxyStream> connected) {
        var answering = first.stream().filter(connected::contains).toList();
        if (answering.stream().anyMatch(this::refuses)) {
            return Verdict.REFUSED;
        }
        return answering.stream().allMatch(ProxyStream::finished) ? Verdict.TAKEN : Verdict.OPEN;
    }

    private boolean refuses(ProxyStream stream) {
        var changed = publication.changes().getOrDefault(stream.nodeId(), Set.of());
        return stream.finished() && stream.rejections().stream().anyMatch(r -> changed.contains(r.resource()));
    }
}
