package dev.binnacle.local.pod;

import static dev.binnacle.local.pod.Workloads.deployment;
import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.topology.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodPlannerTest {
    private static final String BASE = "127.32.0.0";

    @Test
    void eachReplicaIsAPodWithAddressesOfItsOwn() {
        var pods = PodPlanner.plan(List.of(deployment("orders", 2, "")), List.of(), BASE, Map.of());

        assertThat(pods).extracting(Pod::id).containsExactly("orders-0.default", "orders-1.default");
        assertThat(pods).extracting(Pod::podIp).containsExactly("127.32.16.1", "127.32.16.2");
        assertThat(pods).extracting(Pod::appIp).containsExactly("127.32.32.1", "127.32.32.2");
        assertThat(pods.getFirst().ports()).containsExactly(Map.entry("http", 8080));
    }

    @Test
    void podsThatStayKeepTheirAddressesAndNumbersThatBecameFreeAreUsedAgain() {
        var before =
                PodPlanner.plan(List.of(deployment("a", 1, ""), deployment("b", 1, "")), List.of(), BASE, Map.of());
        var onlyB = before.stream().filter(pod -> pod.workload().equals("b")).toList();

        var after = PodPlanner.plan(List.of(deployment("b", 2, ""), deployment("c", 1, "")), onlyB, BASE, Map.of());

        assertThat(after).extracting(Pod::name).containsExactly("b-0", "b-1", "c-0");
        assertThat(after).extracting(Pod::index).containsExactly(2, 1, 3);
    }

    @Test
    void onlyTheFirstPodOfAGatewayIsPublished() {
        var pods = PodPlanner.plan(
                List.of(deployment("gate", 2, "")),
                List.of(),
                BASE,
                Map.of("gate.default", Map.of(8080, "127.0.0.1:8000")));

        assertThat(pods.getFirst().published()).containsEntry(8080, "127.0.0.1:8000");
        assertThat(pods.getLast().published()).isEmpty();
    }
}
