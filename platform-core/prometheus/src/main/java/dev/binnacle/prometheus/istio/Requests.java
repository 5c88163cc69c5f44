package dev.binnacle.prometheus.istio;

import dev.binnacle.prometheus.promql.Selector;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

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
    private static final String SERVER = "destination";
    private static final String GRPC_SERVER_ERRORS = "2|4|12|13|14|15";

    /** Flags that mean a failure whatever the code is: broken off, or nowhere to go. */
    private static final List<String> FLAGS_OF_FAILURES =
            List.of("UPE", "UC", "UR", "UT", "LR", "SI", "NR", "NC", "UH", "UF", "UO");

    private Requests() {}

    /** Returns a regular expression for flags of which one is among {@code tokens}: they combine, and their order changes. */
    public static String flags(List<String> tokens) {
        return "(.*,)?(" + String.join("|", tokens) + ")(,.*)?";
    }

    /**
     * Returns the failed ones among {@code requests}, as alternatives that may overlap: join them by {@code or}.
     *
     * @param requests series of {@link #TOTAL}, or of a rate of it with the same labels
     */
    public static List<Selector> failed(Selector requests) {
        return List.of(
                requests.matches(CODE, "5.."),
                clientGone(requests),
                requests.matches(GRPC, GRPC_SERVER_ERRORS),
                requests.matches(FLAGS, flags(FLAGS_OF_FAILURES)));
    }

    /** Returns those that succeeded or failed among {@code requests}, as alternatives. */
    public static List<Selector> judged(Selector requests) {
        return List.of(
                requests.isNot(CODE, "0"), clientGone(requests), requests.matches(FLAGS, flags(FLAGS_OF_FAILURES)));
    }

    /** Returns those whose client gave up, as the callers' side counted them. */
    public static Selector clientGone(Selector requests) {
        return requests.is(CODE, "0").isNot(REPORTER, SERVER);
    }

    /** Returns PromQL that joins alternatives. */
    public static String any(List<Selector> alternatives, UnaryOperator<String> each) {
        return alternatives.stream()
                .map(alternative -> each.apply(alternative.toString()))
                .collect(Collectors.joining("\n  or\n  "));
    }
}
