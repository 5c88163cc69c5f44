package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.istio.ServiceEntry;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.registry.Registry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Ports of ServiceEntries for which a cluster has no listener of their own. Here each host has an address; there nothing but
 * address and port tells where a connection goes, so one host gets what is meant for all.
 */
final class ClashChecks {
    private record Opened(MeshHost host, Service.Port port) {
        List<String> addresses() {
            return host.entry(port.number()).map(ServiceEntry::addresses).orElse(List.of());
        }

        /** Requests tell their host, and so does TLS, by SNI, where no address does. */
        boolean isToldByAddress() {
            return host.entry(port.number()).isPresent()
                    && (port.protocol() == Protocol.TCP
                            || port.protocol() == Protocol.TLS && !addresses().isEmpty());
        }

        /** Tells whether one listener stands for all addresses. */
        boolean isEverywhere() {
            return port.protocol().isHttp() || isToldByAddress() && addresses().isEmpty();
        }

        boolean clashesWith(Opened other) {
            return isEverywhere() ? other.isEverywhere() : !Collections.disjoint(addresses(), other.addresses());
        }
    }

    private final Registry registry;

    ClashChecks(Registry registry) {
        this.registry = registry;
    }

    void run(Problems problems) {
        byPort().values()
                .forEach(all ->
                        all.stream().filter(Opened::isToldByAddress).forEach(opened -> check(opened, all, problems)));
    }

    private Map<Integer, List<Opened>> byPort() {
        var result = new TreeMap<Integer, List<Opened>>();
        for (var host : registry.hosts()) {
            for (var port : host.ports()) {
                result.computeIfAbsent(port.number(), number -> new ArrayList<>())
                        .add(new Opened(host, port));
            }
        }
        return result;
    }

    private static void check(Opened opened, List<Opened> all, Problems problems) {
        all.stream()
                .filter(other -> !other.equals(opened) && opened.clashesWith(other))
                .map(other -> other.host().host())
                .findFirst()
                .ifPresent(other -> problems.add(
                        DiagnosticCode.CLASH,
                        opened.port().place(),
                        "in a cluster nothing tells connections to port "
                                + opened.port().number() + " of "
                                + opened.host().host() + " from those to " + other
                                + ", so one of the two gets them all; here each has an address of its own",
                        "Give the ServiceEntry an address of its own, or use another port"));
    }
}
