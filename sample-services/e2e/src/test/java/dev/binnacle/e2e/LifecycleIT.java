package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A second instance beside the first one, in a folder with a space in its name: it starts, stops and leaves nothing. */
@ExtendWith(RunningMesh.class)
class LifecycleIT {
    private static final Duration UP = Duration.ofMinutes(3);

    private final Binnacle second = new Binnacle(
            RunningMesh.binnacle().cloneFolder(),
            RunningMesh.binnacle().directory().resolveSibling("second instance"));

    @AfterEach
    void stop() {
        second.run(Duration.ofSeconds(60), "down");
    }

    @Test
    void twoInstancesRunAtOnceAndDownStopsOnlyItsOwn(RunningMesh.Instance mesh) throws IOException {
        second.run(UP, "up", "--detach", "--only", "payments").mustSucceed("second up");
        JsonNode status = second.status();

        assertThat(status.at("/app/url").asText())
                .isNotEqualTo(mesh.binnacle().status().at("/app/url").asText());
        assertThat(status.at("/pods/0/podIp").asText())
                .isNotEqualTo(mesh.pod("payments", "v1").get("podIp").asText());
        List<Long> started = processes();
        assertThat(started).hasSizeGreaterThanOrEqualTo(5).allMatch(LifecycleIT::alive);

        second.run(Duration.ofSeconds(60), "down").mustSucceed("second down");

        allEnd(started);
        assertThat(new Traffic().get(mesh.ingress() + "/api/catalog").status()).isEqualTo(200);
    }

    @Test
    void aLauncherKilledTheHardWayIsCleanedUpByTheNextCommand(RunningMesh.Instance mesh) throws IOException {
        second.run(UP, "up", "--detach", "--only", "payments").mustSucceed("second up");
        List<Long> started = processes();
        long launcher = started.getFirst();

        ProcessHandle.of(launcher).orElseThrow().destroyForcibly();
        ProcessHandle.of(launcher).ifPresent(p -> p.onExit().join());
        Binnacle.Result status = second.run(Duration.ofSeconds(60), "status");

        assertThat(status.out() + status.err()).contains("killed");
        allEnd(started);
        assertThat(new Traffic().get(mesh.ingress() + "/api/catalog").status()).isEqualTo(200);
    }

    /** The second instance's processes, the launcher first. */
    private List<Long> processes() throws IOException {
        Path file = second.directory().resolve("run/launcher.json");
        JsonNode launcher = new ObjectMapper().readTree(file.toFile());
        var pids = new ArrayList<Long>();
        pids.add(launcher.get("pid").asLong());
        launcher.get("children").forEach(child -> pids.add(child.get("pid").asLong()));
        return pids;
    }

    /** A process whose parent was killed stays visible until the system's first process has taken note of its end. */
    private static void allEnd(List<Long> pids) {
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(pids).noneMatch(LifecycleIT::alive));
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
