package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Where the ports of a pod are open. A gateway's are at further places of this machine too, under other numbers: a policy
 * for a port is for all of them.
 *
 * @param also further numbers by container port
 * @param lowest the lowest port that may be listened on; lower ones are moved
 */
record OpenPorts(Map<Integer, Integer> also, int lowest) {
    private static final int MOVED = 8000;

    static OpenPorts of(Pod pod, int lowestPort) {
        if (pod.kind() != PodKind.GATEWAY) {
            return new OpenPorts(Map.of(), 0);
        }
        var also = new TreeMap<Integer, Integer>();
        pod.published().forEach((port, at) -> also.put(port, Integer.parseInt(at.substring(at.lastIndexOf(':') + 1))));
        return new OpenPorts(also, lowestPort);
    }

    /** Returns the numbers under which clients may reach a port. */
    Stream<Integer> of(int port) {
        return Stream.concat(
                        Stream.of(port, port > 0 && port < lowest ? MOVED + port : port),
                        Stream.ofNullable(also.get(port)))
                .distinct();
    }
}
