package dev.binnacle.plugin.generator.grafana.board;

import dev.binnacle.plugin.generator.grafana.model.Query;
import dev.binnacle.plugin.generator.grafana.model.Tone;
import dev.binnacle.prometheus.istio.Requests;
import dev.binnacle.prometheus.istio.Requests.Side;
import dev.binnacle.prometheus.promql.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Queries about requests between workloads, from rates that were recorded before their sum was taken (facts F5).
 *
 * @param matchers which requests, in PromQL, the reporter among them (facts F4)
 * @param side who counted them, because a client that gave up counts for the callers' side alone (facts F1)
 */
record Traffic(Names names, List<String> matchers, Side side) {
    private static final String CODE = "response_code";
    private static final String FLAGS = "response_flags";

    /** What callers' proxies and gateways counted: what somebody felt. */
    static Traffic felt(Names names, String... matchers) {
        return new Traffic(names, with(matchers, "reporter=\"source\""), Side.CALLER);
    }

    /** What servers' proxies counted: how they did. */
    static Traffic served(Names names, String... matchers) {
        return new Traffic(names, with(matchers, "reporter=\"destination\""), Side.SERVER);
    }

    /** What the side that the reader chooses has counted. */
    static Traffic chosen(Names names, String... matchers) {
        return new Traffic(names, with(matchers, Choices.REPORTER.in("reporter")), Side.BOTH);
    }

    /** Returns the same for fewer requests. */
    Traffic where(String... more) {
        return new Traffic(names, with(more, matchers.toArray(String[]::new)), side);
    }

    /** Returns all requests a second. */
    String rate(String... by) {
        return sum(by, requests().toString());
    }

    /** Returns which share of them failed; nothing where there were none, and zero where none failed (facts F4). */
    String failedShare(String... by) {
        String judged = sum(by, Requests.any(Requests.judged(requests(), side), UnaryOperator.identity()));
        String failed =
                sum(by, names.workload("istio_requests_failed", matchers).toString());
        return "(%s or 0 * %s) / (%s > 0)".formatted(failed, judged, judged);
    }

    /** Returns how many milliseconds they took at most, but for the slowest. */
    String quantile(int percent, String... by) {
        return "histogram_quantile(0.%02d, %s) >= 0".formatted(percent, buckets(by));
    }

    /** Returns the quantiles that a graph of latency has. */
    List<Query> quantiles() {
        return List.of(
                Query.named("p50", Tone.OK, quantile(50)),
                Query.named("p95", Tone.WARN, quantile(95)),
                Query.named("p99", Tone.BAD, quantile(99)));
    }

    /** Returns how many took how long. */
    String buckets(String... by) {
        var labels = new ArrayList<>(List.of(by));
        labels.add("le");
        return sum(
                labels.toArray(String[]::new),
                names.workload("istio_request_duration_milliseconds_bucket", matchers)
                        .toString());
    }

    /** Returns a quantity of connections or bytes a second. */
    String tcp(String metric, String... by) {
        return sum(by, names.workload("istio_tcp_" + metric, matchers).toString());
    }

    /** Returns how requests ended; each is in one of them, so that they add up to all. */
    List<Query> answers() {
        var whole = Requests.unbroken(requests());
        return List.of(
                Query.named("fine", Tone.OK, some(withCode(whole, "[123].."))),
                Query.named("4xx", Tone.WARN, some(withCode(whole, "4.."))),
                Query.named("5xx", Tone.BAD, some(List.of(requests().matches(CODE, "5..")))),
                Query.named("broken off, gRPC error, no route", Tone.BROKEN, some(Requests.broken(requests()))),
                Query.named("client gave up", Tone.GONE, some(Requests.givenUp(requests()))));
    }

    /** Returns requests with a remark of Envoy's, by remark. */
    String flags() {
        return sum(new String[] {FLAGS}, requests().isNot(FLAGS, "-").toString()) + " > 0";
    }

    /** Returns the requests themselves. */
    Selector requests() {
        return names.workload("istio_requests", matchers);
    }

    private static List<Selector> withCode(List<Selector> requests, String codes) {
        return requests.stream().map(each -> each.matches(CODE, codes)).toList();
    }

    /** None of them is a number, too, where there are requests at all. */
    private String some(List<Selector> alternatives) {
        return sum(new String[0], Requests.any(alternatives, UnaryOperator.identity())) + " or 0 * " + rate();
    }

    private static String sum(String[] by, String what) {
        String inner = what.contains("\n") ? "\n" + what.indent(2) : what;
        return by.length == 0 ? "sum(" + inner + ")" : "sum by (" + String.join(", ", by) + ") (" + inner + ")";
    }

    private static List<String> with(String[] matchers, String... more) {
        var all = new ArrayList<>(List.of(matchers));
        all.addAll(List.of(more));
        return List.copyOf(all);
    }
}
