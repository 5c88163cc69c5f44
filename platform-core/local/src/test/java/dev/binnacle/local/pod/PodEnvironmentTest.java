package dev.binnacle.local.pod;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.local.instance.Leftovers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodEnvironmentTest {
    @Test
    void littleOfTheUsersEnvironmentIsPassedOn() {
        var base = PodEnvironment.base(Map.of("HOME", "/h", "SECRET", "s"), Path.of("/run time"));

        assertThat(base).containsOnly(Map.entry("HOME", "/h"), Map.entry(Leftovers.MARK, "/run time"));
    }

    @Test
    void referencesAreResolvedAndAddressesCannotBeOverridden() {
        var workload = Workloads.deployment("orders", 1, """
                  env:
                  - {name: GREETING, value: "I am $(NAME) at $(WHERE), $(UNKNOWN)"}
                  - {name: NAME, valueFrom: {fieldRef: {fieldPath: metadata.name}}}
                  - {name: WHERE, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                  - {name: QUARKUS_HTTP_HOST, value: 0.0.0.0}
                """);
        var pod = PodPlanner.plan(List.of(workload), List.of(), "127.16.0.0", Map.of())
                .getFirst();

        var environment =
                PodEnvironment.application(Map.of(), workload.container().env(), pod);

        assertThat(environment)
                .containsEntry("GREETING", "I am orders-0 at 127.16.32.1, $(UNKNOWN)")
                .containsEntry("QUARKUS_HTTP_HOST", "127.16.32.1")
                .containsEntry("POD_IP", "127.16.32.1")
                .containsEntry("HOST", "127.16.32.1");
    }
}
