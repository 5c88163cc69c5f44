package dev.binnacle.xds;

import java.util.ArrayList;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Someone who waits for proxies to answer a publication. Confined to the server's thread, but for {@link #result}. */
final class Waiter {
    private final Map<String, Set<ResourceId>> awaited;
    private final Map<String, Outcome> outcomes = new TreeMap<>();
    private final CompletableFuture<Map<String, Outcome>> result = new CompletableFuture<>();
    private boolean refused;

    /** Waits for the given nodes; {@code awaited} says what changed for each. */
    Waiter(Map<String, Set<ResourceId>> awaited) {
        this.awaited = awaited;
    }

    CompletableFuture<Map<String, Outcome>> result() {
        return result;
    }

    /** Looks at all nodes. */
    void lookAtAll(Function<String, @Nullable ProxyStream> streams) {
        for (String node : awaited.keySet()) {
            var stream = streams.apply(node);
            if (stream != null) {
                look(stream);
            }
        }
        completeWhenAll();
    }

    /** Looks at one node, which may be one it does not wait for. */
    void lookAt(ProxyStream stream) {
        if (awaited.containsKey(stream.nodeId())) {
            look(stream);
            completeWhenAll();
        }
    }

    private void look(ProxyStream stream) {
        if (!outcomes.containsKey(stream.nodeId()) && stream.finished()) {
            var outcome = outcome(stream);
            refused |= outcome instanceof Outcome.Rejected;
            outcomes.put(stream.nodeId(), outcome);
        }
    }

    private void completeWhenAll() {
        if (outcomes.size() == awaited.size()) {
            result.complete(Map.copyOf(outcomes));
        }
    }

    boolean done() {
        return result.isDone();
    }

    /** Tells whether a proxy refused: then the answer is known, and the rest gets little more time. */
    boolean refused() {
        return refused;
    }

    /** Ends the wait; who has not answered is reported as late, who was not asked as unchanged. */
    void expire(Function<String, @Nullable ProxyStream> streams, Predicate<String> held) {
        for (String node : awaited.keySet()) {
            if (held.test(node)) {
                outcomes.put(node, new Outcome.Unchanged());
            } else if (!outcomes.containsKey(node)) {
                var stream = streams.apply(node);
                String missing = stream == null ? "not connected" : stream.missing();
                outcomes.put(node, new Outcome.TimedOut(missing));
            }
        }
        result.complete(Map.copyOf(outcomes));
    }

    private Outcome outcome(ProxyStream stream) {
        var changed = awaited.getOrDefault(stream.nodeId(), Set.of());
        var standing = stream.rejections();
        var relevant = new ArrayList<Rejection>();
        for (var rejection : standing) {
            // Without these the proxy took all; when it is stuck, older refusals are what holds it back.
            if (changed.contains(rejection.resource()) || !stream.settled()) {
                relevant.add(rejection);
            }
        }
        return relevant.isEmpty() ? new Outcome.Acked() : new Outcome.Rejected(relevant);
    }
}
