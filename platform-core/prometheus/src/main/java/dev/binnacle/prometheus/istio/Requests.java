package dev.binnacle.prometheus.istio;

import dev.binnacle.prometheus.promql.Selector;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which requests failed, as whoever sent them felt it (facts F1 and F3).
 *
 * <p>A 5xx is a failure; so is a gRPC status for which the server is to blame (HTTP says 200 then), an answer that broke off
 * (200 with {@code UPE}, {@code UC} …) and a route that is missing (404 with {@code NR}). A client that gave up, which is
 * code 0, counts where the caller's side was counting; what a server sees of it is neither success nor failure.
 */
public final class Requests {
    /** The standard metric. */
    public static final String TOTAL = "istio_requests_total";

    private static final String CODE = "response_code";
    private static final String FLAGS = "response_flags";
    private static final String GRPC = "grpc_response_status";
    private static final String REPORTER = "reporter";
    private static final String SERVER_SIDE = "destination";
    private static final String GRPC_SERVER_ERRORS = "2|4|12|13|14|15";

    /** Flags that mean a failure whatever the code is: broken off, or nowhere to go. */
    private static final List<String> FLAGS_OF_FAILURES =
            List.of("UPE", "UC", "UR", "UT", "LR", "SI", "NR", "NC", "UH", "UF", "UO");

    private Requests() {}

    /** Returns a regular expression for flags of which one is among {@code tokens}: they combine, and their order changes. */
    public static String flags(List<String> tokens) {
        return "(.*,)?(" + String.join("|", tokens) + ")(,.*)?";
    }

    /** Who counted the requests. */
    public enum Side {
        /** The server's proxy. */
        SERVER,
        /** The callers' proxies, and gateways. */
        CALLER,
        /** Both, told apart by the label {@code reporter}. */
        BOTH
    }

    /**
     * Returns the failed ones among {@code requests}, as alternatives that may overlap: join them by {@code or}.
     *
     * @param requests series of {@link #TOTAL}, or of a rate of it with the same labels
     */
    public static List<Selector> failed(Selector requests, Side side) {
        return Stream.of(
                        Stream.of(requests.matches(CODE, "5..")),
                        clientGone(requests, side),
                        Stream.of(
                                requests.matches(GRPC, GRPC_SERVER_ERRORS),
                                requests.matches(FLAGS, flags(FLAGS_OF_FAILURES))))
                .flatMap(alternatives -> alternatives)
                .toList();
    }

    /** Returns those that succeeded or failed among {@code requests}, as alternatives. */
    public static List<Selector> judged(Selector requests, Side side) {
        if (side == Side.CALLER) {
            return List.of(requests);
        }
        return Stream.concat(
                        Stream.of(requests.isNot(CODE, "0"), requests.matches(FLAGS, flags(FLAGS_OF_FAILURES))),
                        clientGone(requests, side))
                .toList();
    }

    /** Returns the calls by gRPC for which the server is to blame, as alternatives; HTTP says 200 for most of them. */
    public static List<Selector> failedCalls(Selector requests) {
        return List.of(
                requests.matches(CODE, "5.."),
                requests.matches(GRPC, GRPC_SERVER_ERRORS),
                requests.matches(FLAGS, flags(FLAGS_OF_FAILURES)));
    }

    /** Returns those without a fault that somebody has injected on purpose. */
    public static Selector unplanned(Selector requests) {
        return requests.matchesNot(FLAGS, flags(List.of("FI", "DI")));
    }

    /** Returns the connections that ended because there was nobody, or nowhere, to connect to. */
    public static Selector failedConnections(Selector connections) {
        return connections.matches(FLAGS, flags(List.of("UF", "UH", "UO", "NR", "NC")));
    }

    /** Returns PromQL that joins alternatives. */
    public static String any(List<Selector> alternatives, UnaryOperator<String> each) {
        return alternatives.stream()
                .map(alternative -> each.apply(alternative.toString()))
                .collect(Collectors.joining("\n  or\n  "));
    }

    /** Those whose client gave up, as the callers' side counted them. */
    private static Stream<Selector> clientGone(Selector requests, Side side) {
        var gone = requests.is(CODE, "0");
        return switch (side) {
            case SERVER -> Stream.of();
            case CALLER -> Stream.of(gone);
            case BOTH -> Stream.of(gone.isNot(REPORTER, SERVER_SIDE));
        };
    }
}
