package dev.binnacle.app.insight;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/**
 * The last answers: whoever asks the same while it is worked out waits for that, and whoever asks later gets it. What fails is not
 * kept. For any thread.
 */
final class Shared<K, V> {
    private final int most;

    /** The oldest first; guarded by itself. */
    private final Map<K, CompletableFuture<V>> last = new LinkedHashMap<>();

    /** @param most so many are kept */
    Shared(int most) {
        this.most = most;
    }

    V of(K asked, Function<K, V> answer) {
        var mine = new CompletableFuture<V>();
        var theirs = offer(asked, mine);
        if (theirs.isPresent()) {
            return await(theirs.get());
        }
        try {
            mine.complete(answer.apply(asked));
        } catch (RuntimeException | Error e) {
            forget(asked);
            mine.completeExceptionally(e);
        }
        return await(mine);
    }

    private static <V> V await(CompletableFuture<V> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private Optional<CompletableFuture<V>> offer(K asked, CompletableFuture<V> mine) {
        synchronized (last) {
            var theirs = last.putIfAbsent(asked, mine);
            if (last.size() > most) {
                last.remove(last.keySet().iterator().next());
            }
            return Optional.ofNullable(theirs);
        }
    }

    private void forget(K asked) {
        synchronized (last) {
            last.remove(asked);
        }
    }
}
