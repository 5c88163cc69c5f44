package dev.binnacle.local.launcher;

import dev.binnacle.local.ProblemException;
import dev.binnacle.local.instance.ListeningSockets;
import dev.binnacle.local.instance.SocketOwner;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.Workload;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Finds programs that would be in the way: who listens on a port of every address has it on the pods' addresses too, and no pod
 * can use it.
 */
final class PortPreflight {
    private static final List<Integer> OF_EVERY_POD = List.of(15000, 15001, 15020, 15021, 15090);

    private PortPreflight() {}

    /**
     * Checks every port that the pods need.
     *
     * @throws ProblemException naming all ports in use, by whom, and what needs them
     */
    static void check(WantedMesh wanted, ListeningSockets sockets) {
        var needed = new TreeMap<Integer, String>();
        OF_EVERY_POD.forEach(port -> needed.put(port, "every pod"));
        needed.put(SystemProcesses.XDS_PORT, "the platform");
        for (Service service : wanted.manifests().services()) {
            service.ports()
                    .forEach(port -> needed.putIfAbsent(
                            port.number(), "Service " + service.ref().name()));
        }
        for (Workload workload : wanted.workloads()) {
            workload.container().ports().forEach(port -> needed.putIfAbsent(port.number(), workload.name()));
        }
        var problems = needed.entrySet().stream()
                .flatMap(each -> problem(each.getKey(), each.getValue(), sockets).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw ProblemException.environment(
                    String.join("\n", problems),
                    "Stop it, or let it listen on 127.0.0.1 only: the platform uses that port on loopback addresses of its own.");
        }
    }

    private static Optional<String> problem(int port, String user, ListeningSockets sockets) {
        return sockets.onAnyAddress(port)
                .map(socket -> "port " + port + ", which " + user + " needs, is in use on every address by "
                        + SocketOwner.of(socket).orElse("a process of another user"));
    }
}
