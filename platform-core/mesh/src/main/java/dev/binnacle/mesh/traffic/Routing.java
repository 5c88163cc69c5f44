package dev.binnacle.mesh.traffic;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What decides where requests and connections to a service go.
 *
 * @param host the service's full name
 * @param revision another number whenever what is written about the routing has changed; the same for the same words
 * @param rules in the order in which they are tried
 * @param subsets groups of the service's pods that rules may name
 * @param policies what else has a say
 * @param editable whether a draft can be made of it
 * @param why why not; null when it is
 */
public record Routing(
        String namespace,
        String name,
        String host,
        long revision,
        List<Rule> rules,
        List<Subset> subsets,
        List<Policy> policies,
        boolean editable,
        @Nullable String why) {
    public Routing {
        rules = List.copyOf(rules);
        subsets = List.copyOf(subsets);
        policies = List.copyOf(policies);
    }

    /**
     * A rule.
     *
     * @param index counted from 0; drafts name the rule by it
     * @param protocol {@code http}, {@code tls} or {@code tcp}
     * @param name the user's name for it
     * @param origin where it is written; null for what holds without a word
     * @param when which requests it is for
     * @param then what becomes of them
     * @param action {@code forward}, {@code redirect} or {@code direct-response}
     * @param header the only condition, when it is one on a header
     * @param timeout in milliseconds, with all tries
     */
    public record Rule(
            int index,
            String protocol,
            @Nullable String name,
            @Nullable RuleOrigin origin,
            String when,
            String then,
            String action,
            List<Destination> destinations,
            @Nullable Header header,
            @Nullable Fault fault,
            @Nullable Long timeout,
            @Nullable Retries retries,
            @Nullable Mirror mirror) {}

    /** Where a rule is written. */
    public record RuleOrigin(String file, int line, ResourceRef resource) {}

    /** A condition on a header: {@code exact} or {@code prefix}. */
    public record Header(String name, String value, String match) {}

    /**
     * A share of a rule's requests.
     *
     * @param subset null for all pods
     * @param version of the pods' label, where the subset goes by it
     * @param weight relative to the sum of the rule's weights; 100 for an only one
     * @param readyEndpoints null when nobody knows
     */
    public record Destination(
            String host,
            @Nullable String subset,
            @Nullable String version,
            @Nullable Integer port,
            long weight,
            @Nullable Integer readyEndpoints) {}

    /** Trouble made on purpose. */
    public record Fault(@Nullable Delay delay, @Nullable Abort abort) {}

    /** Requests that wait. */
    public record Delay(long milliseconds, double percent) {}

    /** Requests that end at the proxy, with one of the two. */
    public record Abort(
            @Nullable Integer httpStatus, @Nullable Integer grpcStatus, double percent) {}

    /** Further tries. */
    public record Retries(int attempts, List<String> on) {}

    /** Copies of a share of the requests. */
    public record Mirror(String host, @Nullable String subset, double percent) {}

    /**
     * A group of pods.
     *
     * @param defined whether a DestinationRule names it; a draft that names another one writes that, too
     * @param workloads {@code namespace/name}
     */
    public record Subset(
            String name,
            @Nullable String version,
            Map<String, String> labels,
            boolean defined,
            List<String> workloads) {}

    /** A resource that has a say beside the rules. */
    public record Policy(String kind, String namespace, String name, String file, int line, String words) {}
}
