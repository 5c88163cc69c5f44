package dev.binnacle.app.mesh;

import dev.binnacle.mesh.istio.security.KeySetSyntax;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.KeySets;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Fetches the key sets that RequestAuthentications name, from this machine only, and keeps them: one that cannot be fetched
 * any more stays what it was. {@link #poll} never waits; what it starts is there at a later call.
 */
final class KeySetStore {
    private static final Logger LOG = Logger.getLogger(KeySetStore.class);

    /** Istio's pause between two looks at a key set. */
    private static final Duration FRESH = Duration.ofMinutes(20);

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(LONGEST)
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();
    private final InstantSource clock;
    private final Map<String, Instant> due = new HashMap<>();
    private final Map<String, CompletableFuture<String>> running = new HashMap<>();
    private final Map<String, String> known = new ConcurrentHashMap<>();

    KeySetStore(InstantSource clock) {
        this.clock = clock;
    }

    /** Starts what is to be fetched now, and returns what is there of what {@code manifests} name. */
    KeySets poll(Manifests manifests) {
        var wanted = manifests.requestAuthentications().stream()
                .flatMap(resource -> resource.rules().stream())
                .filter(rule -> rule.keys().isEmpty())
                .flatMap(rule -> rule.keysUri().stream())
                .filter(KeySets::isNear)
                .collect(Collectors.toSet());
        known.keySet().retainAll(wanted);
        due.keySet().retainAll(wanted);
        wanted.forEach(this::look);
        return new KeySets(new TreeMap<>(known));
    }

    private void look(String uri) {
        var fetch = running.get(uri);
        if (fetch != null && fetch.isDone()) {
            running.remove(uri);
            take(uri, fetch);
        } else if (fetch == null && !clock.instant().isBefore(due.getOrDefault(uri, Instant.MIN))) {
            running.put(uri, fetch(uri));
        }
    }

    private void take(String uri, CompletableFuture<String> fetch) {
        var problem = fetch.isCompletedExceptionally()
                ? Optional.of("cannot be fetched")
                : KeySetSyntax.problem(fetch.resultNow());
        if (problem.isEmpty()) {
            known.put(uri, fetch.resultNow());
        } else if (!due.containsKey(uri) || known.containsKey(uri)) {
            LOG.warnf("key set not taken uri=%s reason=%s", uri, problem.get());
        }
        due.put(uri, clock.instant().plus(problem.isEmpty() ? FRESH : AGAIN));
    }

    private CompletableFuture<String> fetch(String uri) {
        try {
            var request = HttpRequest.newBuilder(URI.create(uri))
                    .timeout(LONGEST)
                    .header("accept", "application/json")
                    .build();
            return client.sendAsync(request, HttpResponse.BodyHandlers.ofInputStream())
                    .thenApply(KeySetStore::text)
                    .orTimeout(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Reads one character more than a key set may have, so that a longer one is seen to be one. */
    private static String text(HttpResponse<InputStream> response) {
        try (var body = response.body()) {
            if (response.statusCode() != 200) {
                throw new IllegalStateException("status " + response.statusCode());
            }
            return new String(body.readNBytes(KeySetSyntax.LONGEST + 1), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
