package dev.binnacle.mesh.topology;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Every pod of an instance and the numbers that host names have been given; all addresses follow from it.
 *
 * <p>An instance owns a block of 2²⁰ loopback addresses, {@code 127.B.0.0/12} with B a multiple of 16 from 16 to 240:
 *
 * <pre>
 * base + 1                                the launcher
 * base + 2                                the app's xDS server and its receiver of OTLP
 * base + 0x1000 + pod                     pod address
 * base + 0x2000 + pod                     application address
 * base + 0x10000 + 2048 * pod + host      virtual address of a host, as that pod sees it
 * </pre>
 *
 * @param trustDomain the SPIFFE trust domain, Istio's default is {@code cluster.local}
 * @param base the block's first address, for example {@code 127.16.0.0}
 * @param pods sorted by namespace and name
 * @param hosts fully qualified service and ServiceEntry hosts, each with a number from 1 that it keeps for good
 * @param lowestPort the lowest port that the instance's processes may listen on; 0 in a file means 1024
 * @param externals where hosts outside of the mesh are
 * @param keySets key sets that were fetched for it
 */
public record MeshTopology(
        String trustDomain,
        String base,
        List<Pod> pods,
        Map<String, Integer> hosts,
        int lowestPort,
        Externals externals,
        KeySets keySets) {
    /** The lowest port that a process without privileges may listen on, unless the system says otherwise. */
    public static final int UNPRIVILEGED = 1024;

    /** The most pods a block holds. */
    public static final int MAX_PODS = 479;

    /** The most hosts a block holds. */
    public static final int MAX_HOSTS = 2047;

    private static final int PLATFORM_ADDRESS = 2;
    private static final int POD_ADDRESSES = 0x1000;
    private static final int APPLICATION_ADDRESSES = 0x2000;
    private static final int VIRTUAL_ADDRESSES = 0x10000;

    public MeshTopology {
        pods = pods.stream()
                .sorted((a, b) -> a.namespace().equals(b.namespace())
                        ? a.name().compareTo(b.name())
                        : a.namespace().compareTo(b.namespace()))
                .toList();
        hosts = Collections.unmodifiableMap(new TreeMap<>(hosts));
        lowestPort = lowestPort == 0 ? UNPRIVILEGED : lowestPort;
        externals = Objects.requireNonNullElse(externals, Externals.NONE);
        keySets = Objects.requireNonNullElse(keySets, KeySets.NONE);
        address(base, 0);
    }

    /** Creates the topology of an instance whose processes have no privileges. */
    public MeshTopology(String trustDomain, String base, List<Pod> pods, Map<String, Integer> hosts) {
        this(trustDomain, base, pods, hosts, UNPRIVILEGED, Externals.NONE, KeySets.NONE);
    }

    /** Returns this topology with other pods. */
    public MeshTopology withPods(List<Pod> others) {
        return new MeshTopology(trustDomain, base, others, hosts, lowestPort, externals, keySets);
    }

    /** Returns this topology as it is once every pod is ready. */
    public MeshTopology allReady() {
        return pods.stream().allMatch(Pod::ready)
                ? this
                : withPods(pods.stream().map(pod -> pod.withReady(true)).toList());
    }

    /** Returns this topology with other numbers of hosts. */
    public MeshTopology withHosts(Map<String, Integer> numbers) {
        return new MeshTopology(trustDomain, base, pods, numbers, lowestPort, externals, keySets);
    }

    /** Returns this topology with external hosts elsewhere. */
    public MeshTopology withExternals(Externals others) {
        return new MeshTopology(trustDomain, base, pods, hosts, lowestPort, others, keySets);
    }

    /** Returns this topology for processes that may listen on other ports. */
    public MeshTopology withLowestPort(int lowest) {
        return new MeshTopology(trustDomain, base, pods, hosts, lowest, externals, keySets);
    }

    /** Returns this topology with other key sets. */
    public MeshTopology withKeySets(KeySets others) {
        return new MeshTopology(trustDomain, base, pods, hosts, lowestPort, externals, others);
    }

    /** Returns the pod with this name. */
    public Optional<Pod> pod(String namespace, String name) {
        return pods.stream()
                .filter(p -> p.namespace().equals(namespace) && p.name().equals(name))
                .findFirst();
    }

    /** Returns where {@code pod}'s own sidecar listens for {@code host}; empty while the host has no number yet. */
    public Optional<String> virtualAddress(Pod pod, String host) {
        return Optional.ofNullable(hosts.get(host)).map(number -> virtualAddress(base, pod.index(), number));
    }

    /** Returns where the sidecar of the pod with number {@code pod} listens for the host with number {@code host}. */
    public static String virtualAddress(String base, int pod, int host) {
        return address(base, VIRTUAL_ADDRESSES + 2048 * pod + host);
    }

    /** Returns the pod address of the pod with number {@code index} in the block that starts at {@code base}. */
    public static String podAddress(String base, int index) {
        return address(base, POD_ADDRESSES + index);
    }

    /** Returns the application address of the pod with number {@code index} in the block that starts at {@code base}. */
    public static String applicationAddress(String base, int index) {
        return address(base, APPLICATION_ADDRESSES + index);
    }

    /** Returns where the platform itself listens in the block that starts at {@code base}. */
    public static String platformAddress(String base) {
        return address(base, PLATFORM_ADDRESS);
    }

    /** Returns the address {@code offset} places after {@code base}. */
    public static String address(String base, int offset) {
        var parts = base.split("\\.", -1);
        if (parts.length != 4 || !parts[0].equals("127")) {
            throw new IllegalArgumentException("a block starts at an IPv4 loopback address, got " + base);
        }
        int value = 0;
        for (String part : parts) {
            value = value << 8 | Integer.parseInt(part);
        }
        value += offset;
        return (value >>> 24 & 255) + "." + (value >>> 16 & 255) + "." + (value >>> 8 & 255) + "." + (value & 255);
    }

    /**
     * Returns {@code numbers} with a number added for each of {@code wanted} that had none.
     *
     * <p>Known hosts keep theirs, so the addresses that running processes have looked up stay true.
     *
     * @throws IllegalStateException when the block has no number left
     */
    public static Map<String, Integer> numberHosts(Map<String, Integer> numbers, List<String> wanted) {
        var result = new TreeMap<>(numbers);
        int next = numbers.values().stream().mapToInt(Integer::intValue).max().orElse(0) + 1;
        for (String host : wanted.stream().sorted().distinct().toList()) {
            if (result.containsKey(host)) {
                continue;
            }
            if (next > MAX_HOSTS) {
                throw new IllegalStateException("more than " + MAX_HOSTS + " hosts in one instance");
            }
            result.put(host, next++);
        }
        return result;
    }
}
