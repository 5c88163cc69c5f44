package dev.binnacle.xds;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
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

    static final Trial NONE = new Trial(new Publication(0, Map.of()), Set.of(), Set.of());

    private final Publication publication;
    private final Set<ProxyStream> trying;
    private final Set<String> held;
    private boolean refused;

    private Trial(Publication publication, Set<ProxyStream> trying, Set<String> held) {
        this.publication = publication;
        this.trying = new HashSet<>(trying);
        this.held = held;
    }

    /** Chooses who tries: the proxies that are up to date before the others, of these the first by name. */
    static Trial of(Publication publication, Collection<ProxyStream> connected) {
        var candidates = connected.stream()
                .filter(stream -> publication.changes().containsKey(stream.nodeId()))
                .sorted(Comparator.comparing(ProxyStream::settled).reversed().thenComparing(ProxyStream::nodeId))
                .toList();
        var tried = new HashSet<Sample>();
        var first = new HashSet<ProxyStream>();
        var held = new HashSet<String>();
        for (var stream : candidates) {
            if (tried.addAll(samples(publication, stream))) {
                first.add(stream);
            } else {
                held.add(stream.nodeId());
            }
        }
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

    /** Looks at one proxy, which may be one that does not try; tells whether it changed how the trial stands. */
    boolean lookAt(ProxyStream stream) {
        if (!stream.finished() || !trying.remove(stream)) {
            return false;
        }
        refused |= refuses(stream);
        return true;
    }

    /** Who has gone has nothing against it. */
    void leaves(ProxyStream stream) {
        trying.remove(stream);
    }

    /** Returns how those that try have answered. */
    Verdict verdict() {
        if (refused) {
            return Verdict.REFUSED;
        }
        return trying.isEmpty() ? Verdict.TAKEN : Verdict.OPEN;
    }

    private boolean refuses(ProxyStream stream) {
        var changed = publication.changes().getOrDefault(stream.nodeId(), Set.of());
        return stream.rejections().stream().anyMatch(r -> changed.contains(r.resource()));
    }
}
