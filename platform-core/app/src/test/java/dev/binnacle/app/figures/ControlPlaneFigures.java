package dev.binnacle.app.figures;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.xds.XdsType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures the control plane beside istiod's: the same manifests, the same clients, one run. Prints; asserts only that
 * both told the clients the same, never anything about time.
 *
 * <p>Needs Go for the peer ({@code platform-core/mesh/oracle}). Run with
 * {@code ./binnacle test -Pfigures -pl platform-core/app -am -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class ControlPlaneFigures {
    private static final int CHANGES = 20;
    private static final int WARM_UP = 10;

    private final MeshTopology topology = LargeMesh.topology();
    private final List<Pod> clients = LargeMesh.clients(topology);
    private final Map<String, List<Set<String>>> clusters = new LinkedHashMap<>();

    @TempDir
    Path folder;

    @Test
    void figures() throws Exception {
        try (var ours = Ours.start(folder, topology)) {
            measure(ours);
        }
        for (String debounce : List.of("100ms", "10ms")) {
            try (var istiod = Istiod.start(folder, topology, debounce)) {
                measure(istiod);
            }
        }
        assertThat(clusters.values())
                .as("clusters for Services, by server and client")
                .allSatisfy(each -> assertThat(each).isEqualTo(clusters.get("binnacle")));
    }

    private void measure(Server server) throws Exception {
        print(server, "start: CPU", "ms", server.cpuMillis());
        synchronise(server, clients.subList(0, 1)).close();
        double before = server.memory();
        try (var fleet = synchronise(server, clients)) {
            print(server, "memory for each client", "MB", (server.memory() - before) / clients.size());
            print(server, "memory of the process", "MB", server.memory());
            clusters.put(server.name(), fleet.outboundClusters());
            changes(server, fleet, "VirtualService", i -> virtualService(server, fleet, i));
            changes(server, fleet, "endpoint", i -> endpoint(server, fleet, i));
        }
    }

    private Fleet synchronise(Server server, List<Pod> pods) throws Exception {
        double cpu = server.cpuMillis();
        long start = System.nanoTime();
        var fleet = new Fleet(server.port(), pods, server::nodeId);
        long nanos = fleet.awaitQuiet(start);
        String what = "first synchronisation of " + pods.size() + ": ";
        print(server, what + "wall", "ms", nanos / 1e6);
        print(server, what + "CPU", "ms", server.cpuMillis() - cpu);
        print(server, what + "sent", "MB", fleet.bytes() / 1e6);
        return fleet;
    }

    private interface Change {
        CountDownLatch make(int number) throws Exception;
    }

    private CountDownLatch virtualService(Server server, Fleet fleet, int number) throws Exception {
        String prefix = "/edit-" + number + "-of-this-run";
        var heard = fleet.expect(prefix, XdsType.ROUTE, XdsType.VIRTUAL_HOST);
        server.apply(LargeMesh.virtualService(107, prefix));
        return heard;
    }

    private CountDownLatch endpoint(Server server, Fleet fleet, int number) throws Exception {
        var heard = fleet.expect(LargeMesh.LONE_CLUSTER, XdsType.ENDPOINT);
        server.lonePodReady(number % 2 != 0);
        return heard;
    }

    private void changes(Server server, Fleet fleet, String what, Change change) throws Exception {
        for (int i = 0; i < WARM_UP; i++) {
            awaitAll(change.make(i));
        }
        fleet.awaitQuiet(0);
        double[] millis = new double[CHANGES];
        long bytes = fleet.bytes();
        long responses = fleet.responses();
        double cpu = 0;
        for (int i = 0; i < CHANGES; i++) {
            double used = server.cpuMillis();
            long start = System.nanoTime();
            awaitAll(change.make(WARM_UP + i));
            millis[i] = (System.nanoTime() - start) / 1e6;
            fleet.awaitQuiet(0);
            cpu += server.cpuMillis() - used;
        }
        Arrays.sort(millis);
        print(server, what + " change to the last ACK: median", "ms", millis[CHANGES / 2]);
        print(server, what + " change to the last ACK: max", "ms", millis[CHANGES - 1]);
        print(server, what + " change: CPU", "ms", cpu / CHANGES);
        print(
                server,
                what + " change: sent to each client",
                "bytes",
                (fleet.bytes() - bytes) / CHANGES / clients.size());
        print(
                server,
                what + " change: responses to each client",
                "",
                (fleet.responses() - responses) / (double) CHANGES / clients.size());
    }

    private static void awaitAll(CountDownLatch heard) throws InterruptedException {
        assertThat(heard.await(60, TimeUnit.SECONDS))
                .as("%d clients heard nothing", heard.getCount())
                .isTrue();
    }

    private static void print(Server server, String what, String unit, double value) {
        System.out.printf("figure: %-22s %-55s %12.1f %s%n", server.name(), what, value, unit);
    }
}
