package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.Balancing;
import dev.binnacle.mesh.ir.ConnectionPool.Limits;
import dev.binnacle.mesh.ir.Hashing;
import dev.binnacle.mesh.ir.OutlierDetection;
import dev.binnacle.mesh.ir.Traffic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How a cluster's endpoints are used, in the words of a DestinationRule. */
public final class TrafficText {
    private static final int DEFAULT_FAILURES = 5;

    private TrafficText() {}

    /** Returns it in one line. */
    public static String write(Traffic traffic, int endpoints, List<Hashing> hashing) {
        var result = new ArrayList<String>();
        result.add("load balancing " + balancing(traffic.balancing())
                + (traffic.balancing().isConsistent() ? hashed(hashing) : ""));
        if (traffic.byLocality()) {
            result.add("weighted by locality");
        }
        var limits = traffic.pool().limits();
        if (!limits.equals(Limits.NONE)) {
            result.add("at most " + limits(limits));
        }
        traffic.outliers().ifPresent(outliers -> result.add(outliers(outliers, endpoints)));
        return String.join(", ", result);
    }

    private static String balancing(Balancing balancing) {
        return switch (balancing) {
            case Balancing.LeastRequest leastRequest -> "LEAST_REQUEST";
            case Balancing.RoundRobin roundRobin -> "ROUND_ROBIN";
            case Balancing.Random random -> "RANDOM";
            case Balancing.PassThrough passThrough -> "PASSTHROUGH";
            case Balancing.RingHash ringHash -> "by ring hash";
            case Balancing.Maglev maglev -> "by Maglev";
        };
    }

    private static String hashed(List<Hashing> hashing) {
        return hashing.isEmpty()
                ? " of nothing, so any"
                : hashing.stream().map(TrafficText::hashed).collect(Collectors.joining(" and ", " of ", ""));
    }

    private static String hashed(Hashing hashing) {
        return switch (hashing) {
            case Hashing.Header(String name) -> "header " + name;
            case Hashing.Cookie cookie -> "cookie " + cookie.name();
            case Hashing.SourceIp sourceIp -> "the client's address";
            case Hashing.QueryParameter(String name) -> "query parameter " + name;
        };
    }

    private static String limits(Limits limits) {
        var result = new ArrayList<String>();
        limits.connections().ifPresent(count -> result.add(count + " connections"));
        limits.pending().ifPresent(count -> result.add(count + " waiting requests"));
        limits.requests().ifPresent(count -> result.add(count + " requests"));
        limits.retries().ifPresent(count -> result.add(count + " retries"));
        return String.join(", ", result);
    }

    /** With few endpoints the largest part that may be ejected is often none of them (facts F7). */
    private static String outliers(OutlierDetection outliers, int endpoints) {
        int most = outliers.mostEjected(endpoints);
        String failures = Stream.of(
                        failures(outliers.consecutive5xx(), DEFAULT_FAILURES, "5xx"),
                        failures(outliers.consecutiveGatewayErrors(), 0, "gateway errors"))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(" or "));
        return "ejects " + (most == 0 ? "none" : "at most " + most) + " of " + endpoints + " endpoints"
                + (failures.isEmpty() ? "" : " after " + failures);
    }

    private static Optional<String> failures(Optional<Integer> said, int otherwise, String kind) {
        return Optional.of(said.orElse(otherwise))
                .filter(count -> count > 0)
                .map(count -> count + " " + kind + " in a row");
    }
}
