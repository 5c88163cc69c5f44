package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.Externals;
import dev.binnacle.mesh.topology.Externals.At;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where hosts outside of the mesh are on this machine: at what the instance's settings say, else at a Deployment whose
 * annotation {@code binnacle.dev/stands-in-for} names them, else, for the platform itself, where that listens, else, if they are allowed to, where they really are.
 *
 * <p>The annotation lists hosts with commas between them, each as {@code HOST}, {@code HOST:PORT} or {@code
 * HOST:PORT=CONTAINERPORT}; a host may be {@code *.domain}. Without a container port it is the one with the same number, else the
 * Deployment's first.
 */
public final class StandIns {
    /** The annotation on a Deployment. */
    public static final String ANNOTATION = "binnacle.dev/stands-in-for";

    /** The host by which sidecars know their platform as a receiver of spans; a ServiceEntry defines it. */
    private static final String PLATFORM = "otlp.binnacle.internal";

    private record Claim(Workload workload, int containerPort) {}

    private final MeshTopology topology;
    private final Map<String, Claim> claims = new HashMap<>();

    StandIns(Manifests manifests, MeshTopology topology) {
        this.topology = topology;
        manifests.workloads().forEach(this::read);
    }

    private void read(Workload workload) {
        String written = workload.annotations().getOrDefault(ANNOTATION, "");
        for (String word : written.split(",", -1)) {
            String host = word.strip();
            int port = 0;
            int equals = host.indexOf('=');
            if (equals >= 0) {
                port = number(host.substring(equals + 1));
                host = host.substring(0, equals);
            }
            if (!host.isEmpty()) {
                claims.putIfAbsent(host, new Claim(workload, port));
            }
        }
    }

    private static int number(String digits) {
        boolean plain =
                !digits.isEmpty() && digits.length() <= 5 && digits.chars().allMatch(Character::isDigit);
        return plain ? Integer.parseInt(digits) : 0;
    }

    /** Returns where to connect to for a port of {@code host}; empty when that would be beyond this machine. */
    public Optional<At> find(String host, int port) {
        return topology.externals()
                .standIn(host, port)
                .or(() -> byAnnotation(host, port))
                .or(() -> platform(host, port))
                .or(() -> Optional.of(new At(host, port))
                        .filter(at -> isLoopback(host) || topology.externals().internet()));
    }

    /** Returns the hosts that something here stands in for, sorted; ports are left out. */
    public Stream<String> hosts() {
        return Stream.concat(topology.externals().standIns().keySet().stream(), claims.keySet().stream())
                .map(name -> name.contains(":") ? name.substring(0, name.lastIndexOf(':')) : name)
                .distinct()
                .sorted();
    }

    private Optional<At> platform(String host, int port) {
        return host.equals(PLATFORM)
                ? Optional.of(new At(MeshTopology.platformAddress(topology.base()), port))
                : Optional.empty();
    }

    private Optional<At> byAnnotation(String host, int port) {
        return Externals.namesFor(host)
                .flatMap(name -> Stream.of(name + ":" + port, name))
                .flatMap(name -> Stream.ofNullable(claims.get(name)))
                .flatMap(claim -> at(claim, port).stream())
                .findFirst();
    }

    private Optional<At> at(Claim claim, int port) {
        var ports = new TreeMap<>(claim.workload().ports());
        int target = claim.containerPort() > 0
                ? claim.containerPort()
                : ports.containsValue(port)
                        ? port
                        : ports.values().stream().findFirst().orElse(port);
        return topology.pods().stream()
                .filter(pod -> pod.workload().equals(claim.workload().name())
                        && pod.namespace().equals(claim.workload().namespace()))
                .findFirst()
                .map(pod -> new At(addressOf(pod), target));
    }

    /** Returns where connections to a pod go: to its sidecar, or to the application of a pod without one. */
    public static String addressOf(Pod pod) {
        return pod.kind() == PodKind.PLAIN ? pod.appIp() : pod.podIp();
    }

    /** Tells whether an address is on this machine only. */
    public static boolean isLoopback(String address) {
        return address.startsWith("127.") || address.equals("localhost") || address.equals("::1");
    }
}
