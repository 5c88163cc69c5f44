package dev.binnacle.prometheus.istio;

import com.google.re2j.Pattern;
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
 * code 0 or, in the middle of an answer, {@code DC}, counts where the caller's side was counting; what a server sees of it is
 * neither success nor failure.
 */
public final class Requests {
    /** The standard metric. */
    public static final String TOTAL = "istio_requests_total";

    /** How long they took, in milliseconds. */
    public static final String BUCKET = "istio_request_duration_milliseconds_bucket";

    private static final String GRPC_SERVER_ERRORS = "2|4|12|13|14|15";

    /** Flags that mean a failure whatever the code is: broken off, or nowhere to go. */
    private static final List<String> FLAGS_OF_FAILURES =
            List.of("UPE", "UC", "UR", "UT", "LR", "SI", "UMSDR", "DT", "NR", "NC", "UH", "UF", "UO");

    /** The client hung up. */
    private static final String CLIENT_GONE = flags(List.of("DC"));

    /** WebSockets end by somebody hanging up. */
    private static final String UPGRADED = "101";

    /** A service of Kubernetes: its name, its namespace, and the rest. */
    private static final Pattern OF_CLUSTER = Pattern.compile("([^.]+)\\.([^.]+)\\.svc\\.cluster\\.local");

    private static final String PORT = "(:[0-9]+)?";

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
     * Returns the requests for a service as callers' proxies count them, as alternatives. Where no route was found, nobody knows the
     * service: Istio writes what the client has called it then, short names within the client's namespace (facts F1). A gateway writes
     * {@code unknown}.
     */
    public static List<Selector> sentTo(Selector requests, String host) {
        var ofCluster = OF_CLUSTER.matcher(host);
        if (!ofCluster.matches()) {
            return List.of(requests.matches(IstioLabels.HOST, Pattern.quote(host) + PORT));
        }
        String name = Pattern.quote(ofCluster.group(1));
        String namespace = ofCluster.group(2);
        return List.of(
                requests.matches(
                        IstioLabels.HOST,
                        name + "\\." + Pattern.quote(namespace) + "(\\.svc(\\.cluster\\.local)?)?" + PORT),
                requests.matches(IstioLabels.HOST, name + PORT).is(IstioLabels.SOURCE_NAMESPACE, namespace));
    }

    /**
     * Returns the failed ones among {@code requests}, as alternatives that may overlap: join them by {@code or}.
     *
     * @param requests series of {@link #TOTAL}, or of a rate of it with the same labels
     */
    public static List<Selector> failed(Selector requests, Side side) {
        return Stream.concat(
                        Stream.of(
                                requests.matches(IstioLabels.CODE, "5.."),
                                requests.matches(IstioLabels.GRPC_STATUS, GRPC_SERVER_ERRORS),
                                requests.matches(IstioLabels.FLAGS, flags(FLAGS_OF_FAILURES))),
                        clientGone(requests, side))
                .toList();
    }

    /** Returns those that succeeded or failed among {@code requests}, as alternatives. */
    public static List<Selector> judged(Selector requests, Side side) {
        if (side == Side.CALLER) {
            return List.of(requests);
        }
        return Stream.concat(
                        Stream.of(
                                requests.isNot(IstioLabels.CODE, "0").matchesNot(IstioLabels.FLAGS, CLIENT_GONE),
                                requests.matches(IstioLabels.FLAGS, flags(FLAGS_OF_FAILURES))),
                        clientGone(requests, side))
                .toList();
    }

    /** Returns those whose code tells how they ended, as alternatives: nothing under it failed, broke off or was given up. */
    public static List<Selector> unbroken(Selector requests) {
        var whole = whole(requests);
        return List.of(
                whole.isNot(IstioLabels.CODE, "0").matchesNot(IstioLabels.FLAGS, CLIENT_GONE),
                whole.is(IstioLabels.CODE, UPGRADED));
    }

    /** Returns those that failed under a code that is no error of a server, as alternatives that may overlap. */
    public static List<Selector> broken(Selector requests) {
        var answered = requests.matches(IstioLabels.CODE, "[1-4]..");
        return List.of(
                answered.matches(IstioLabels.GRPC_STATUS, GRPC_SERVER_ERRORS),
                answered.matches(IstioLabels.FLAGS, flags(FLAGS_OF_FAILURES)));
    }

    /** Returns those that nothing was wrong with but that their client gave up, as alternatives. */
    public static List<Selector> givenUp(Selector requests) {
        return List.of(
                requests.is(IstioLabels.CODE, "0"),
                whole(requests)
                        .matches(IstioLabels.FLAGS, CLIENT_GONE)
                        .matches(IstioLabels.CODE, "[1-4]..")
                        .isNot(IstioLabels.CODE, UPGRADED));
    }

    private static Selector whole(Selector requests) {
        return requests.matchesNot(IstioLabels.GRPC_STATUS, GRPC_SERVER_ERRORS)
                .matchesNot(IstioLabels.FLAGS, flags(FLAGS_OF_FAILURES));
    }

    /** Returns those without a fault that somebody has injected on purpose. */
    public static Selector unplanned(Selector requests) {
        return requests.matchesNot(IstioLabels.FLAGS, flags(List.of("FI", "DI")));
    }

    /** Returns the connections that ended because there was nobody, or nowhere, to connect to. */
    public static Selector failedConnections(Selector connections) {
        return connections.matches(IstioLabels.FLAGS, flags(List.of("UF", "UH", "UO", "NR", "NC")));
    }

    /** Returns PromQL that joins alternatives. */
    public static String any(List<Selector> alternatives, UnaryOperator<String> each) {
        return alternatives.stream()
                .map(alternative -> each.apply(alternative.toString()))
                .collect(Collectors.joining("\n  or\n  "));
    }

    /** Those whose client gave up, as the callers' side counted them. */
    private static Stream<Selector> clientGone(Selector requests, Side side) {
        return switch (side) {
            case SERVER -> Stream.of();
            case CALLER -> clientGone(requests);
            case BOTH -> clientGone(requests.isNot(IstioLabels.REPORTER, IstioLabels.SERVER_SIDE));
        };
    }

    private static Stream<Selector> clientGone(Selector requests) {
        return Stream.of(
                requests.is(IstioLabels.CODE, "0"),
                requests.matches(IstioLabels.FLAGS, CLIENT_GONE).isNot(IstioLabels.CODE, UPGRADED));
    }
}
