package dev.binnacle.prometheus.config;

import java.net.URI;
import java.util.Set;

/**
 * A question by which a server is judged.
 *
 * @param name what it is called; distinct in its file
 * @param url {@code http}, {@code https}, {@code tcp} or {@code grpc}
 * @param through the URL of a proxy, or a workload whose sidecar is one, as {@code name.namespace}; empty for none
 * @param at a workload, as {@code name.namespace}, a pod of which is asked whatever the URL's host means; empty for none
 * @param statuses that are good, for HTTP; 200 to 299 when there are none
 * @param matches RE2 that has to be in the answer; empty for anything
 * @param matchesNot RE2 that must not be in the answer; empty for nothing
 * @param send what is said first, for TCP; may be empty
 * @param service whose health is asked for, for gRPC; empty for the server's
 */
public record Probe(
        String name,
        URI url,
        String through,
        String at,
        HttpOptions http,
        Set<Integer> statuses,
        String matches,
        String matchesNot,
        String send,
        String service) {
    public Probe {
        statuses = Set.copyOf(statuses);
    }
}
