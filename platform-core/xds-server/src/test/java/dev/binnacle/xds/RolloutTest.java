package dev.binnacle.xds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.mesh.xds.ProxyResources;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RolloutTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final List<String> NODES = IntStream.range(0, 5)
            .mapToObj(i -> "sidecar~127.0.0." + (i + 1) + "~web-" + i + ".default~default.svc.cluster.local")
            .toList();

    private final Map<String, ObedientProxy> proxies = new TreeMap<>();
    private XdsServer server;

    @BeforeEach
    void start() throws IOException {
        server = XdsServer.start("127.0.0.1", 0, "test");
        server.publish(toAll(Samples.split(80, 20)));
        NODES.forEach(node -> proxies.put(node, new ObedientProxy(server.port(), node)));
        await().until(() -> server.proxies().stream().allMatch(ProxyStatus::synced));
    }

    @AfterEach
    void stop() {
        proxies.values().forEach(ObedientProxy::close);
        server.close();
    }

    @Test
    void whatOneProxyRefusesReachesNoOther() throws InterruptedException {
        proxies.values().forEach(proxy -> proxy.refuse(resource -> true, "no such thing"));
        var before = received();

        var outcomes = server.awaitAcks(changedWeights(), Set.copyOf(NODES), PATIENCE);

        assertThat(outcomes.values())
                .filteredOn(Outcome.Rejected.class::isInstance)
                .hasSize(1);
        assertThat(outcomes.values())
                .filteredOn(Outcome.Unchanged.class::isInstance)
                .hasSize(NODES.size() - 1);
        assertThat(received().entrySet())
                .filteredOn(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .as("proxies that heard of it")
                .hasSize(1);
    }

    @Test
    void theNextPublicationReachesEverybodyAgain() throws InterruptedException {
        proxies.values().forEach(proxy -> proxy.refuse(resource -> true, "no such thing"));
        server.awaitAcks(changedWeights(), Set.copyOf(NODES), PATIENCE);
        proxies.values().forEach(proxy -> proxy.refuse(resource -> false, ""));

        var outcomes = server.awaitAcks(server.publish(toAll(Samples.split(30, 70))), Set.copyOf(NODES), PATIENCE);

        assertThat(outcomes.values()).containsOnly(new Outcome.Acked());
    }

    @Test
    void whatIsTakenReachesEverybody() throws InterruptedException {
        assertThat(server.awaitAcks(changedWeights(), Set.copyOf(NODES), PATIENCE)
                        .values())
                .containsOnly(new Outcome.Acked());
    }

    @Test
    void whatNoOtherProxyCanTryIsTriedByEach() throws InterruptedException {
        var changed = new TreeMap<>(toAll(Samples.split(80, 20)));
        changed.put(NODES.getLast(), Samples.split(50, 50));
        proxies.get(NODES.getLast()).refuse(resource -> true, "no such thing");

        var outcomes = server.awaitAcks(server.publish(changed, Rollout.TRIED_FIRST), Set.copyOf(NODES), PATIENCE);

        assertThat(outcomes.get(NODES.getLast())).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void aSilentProxyThatTriesFirstKeepsTheOthersForASecondAtMost() throws InterruptedException {
        proxies.get(NODES.getFirst()).fallSilent();

        var outcomes = server.awaitAcks(changedWeights(), Set.copyOf(NODES), Duration.ofSeconds(3));

        assertThat(outcomes.get(NODES.getFirst())).isInstanceOf(Outcome.TimedOut.class);
        assertThat(NODES.subList(1, NODES.size()))
                .allSatisfy(node -> assertThat(outcomes.get(node)).isEqualTo(new Outcome.Acked()));
    }

    @Test
    void aProxyThatGoesWhileItTriesKeepsNobody() throws InterruptedException {
        proxies.get(NODES.getFirst()).fallSilent();
        var publication = changedWeights();
        proxies.get(NODES.getFirst()).close();

        var outcomes = server.awaitAcks(publication, Set.copyOf(NODES.subList(1, NODES.size())), PATIENCE);

        assertThat(outcomes.values()).contains(new Outcome.Acked());
        assertThat(outcomes.get(NODES.getLast())).isEqualTo(new Outcome.Acked());
    }

    private Publication changedWeights() {
        return server.publish(toAll(Samples.split(50, 50)), Rollout.TRIED_FIRST);
    }

    private Map<String, Integer> received() {
        return proxies.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().received()));
    }

    private static Map<String, ProxyResources> toAll(ProxyResources resources) {
        return NODES.stream().collect(Collectors.toMap(node -> node, node -> resources));
    }
}
