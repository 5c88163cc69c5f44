package dev.binnacle.testkit;

import dev.binnacle.mesh.explain.Effects;
import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Explanation.Target;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.testkit.envoy.Agreement;
import dev.binnacle.testkit.envoy.EnvoyMesh;
import dev.binnacle.testkit.envoy.HeaderOutcome;
import dev.binnacle.testkit.envoy.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says what becomes of a request. Each method returns this, or fails with what happens instead, the line that decided, and
 * why the rule that leads where it was expected does not match.
 */
public final class RouteAssert {
    private final Mesh mesh;
    private final WhyRequest request;
    private final Answer answer;
    private final Optional<EnvoyMesh> envoys;

    private RouteAssert(Mesh mesh, WhyRequest request, Answer answer, Optional<EnvoyMesh> envoys) {
        this.mesh = mesh;
        this.request = request;
        this.answer = answer;
        this.envoys = envoys;
    }

    /** Returns what there is to say, after a real Envoy did the same if one runs. */
    static RouteAssert of(Mesh mesh, WhyRequest request, Answer answer, Optional<EnvoyMesh> envoys) {
        var result = new RouteAssert(mesh, request, answer, envoys);
        envoys.ifPresent(running -> result.agreesWith(running.send(answer, request)));
        return result;
    }

    private void agreesWith(Observation seen) {
        var differences = Agreement.differences(answer, request, seen);
        if (!differences.isEmpty()) {
            throw failure("Envoy to do what was worked out", String.join("; ", differences) + "\n" + seen, "");
        }
    }

    /** Returns all that is known, for assertions that are not here. */
    public Answer explanation() {
        return answer;
    }

    /** Every such request goes to the Service {@code host}: {@code catalog}, {@code catalog.shop} or the full name. */
    public RouteAssert goesTo(String host) {
        boolean all = !answer.clusters().isEmpty()
                && answer.clusters().stream().allMatch(t -> t.weight() == 0 || Targets.isAt(t, host));
        return check(all, "to go to " + host, Targets.describe(answer), host);
    }

    /** Every such request goes to this subset of the Service {@code host}. */
    public RouteAssert goesTo(String host, String subset) {
        boolean all = !answer.clusters().isEmpty()
                && answer.clusters().stream()
                        .allMatch(t -> t.weight() == 0
                                || Targets.isAt(t, host) && t.subset().equals(subset));
        return check(all, "to go to " + host + " " + subset, Targets.describe(answer), host, subset);
    }

    /** Requests are shared out among subsets of {@code host} in these percentages. With Envoy 400 of them are counted. */
    public RouteAssert splits(String host, Map<String, Integer> percentages) {
        var shares = new TreeMap<String, Double>();
        Targets.shares(answer.clusters(), host).forEach(shares::put);
        var wanted = new TreeMap<String, Double>();
        percentages.forEach((subset, percent) -> wanted.put(subset, percent / 100.0));
        boolean same = shares.keySet().equals(wanted.keySet())
                && shares.entrySet().stream()
                        .allMatch(e -> Math.abs(e.getValue() - Objects.requireNonNull(wanted.get(e.getKey()))) < 0.005);
        check(same, "to split among " + host + " " + new TreeMap<>(percentages), Targets.describe(answer), host);
        envoys.ifPresent(running -> Split.check(running, request, answer, this::failure));
        return this;
    }

    /** The port of the Service is this one. */
    public RouteAssert onPort(int port) {
        return check(
                !answer.clusters().isEmpty() && answer.clusters().stream().allMatch(t -> t.port() == port),
                "to go to port " + port,
                Targets.describe(answer));
    }

    /** Pods of these Deployments may answer, and no others. */
    public RouteAssert reaches(String... deployments) {
        var pods = Targets.deployments(answer);
        return check(
                pods.equals(List.of(deployments).stream().sorted().distinct().toList()),
                "to reach " + List.of(deployments),
                "it reaches " + pods);
    }

    /** The rule with this name decides, {@code rule} or {@code rule.match} where the match has a name too. */
    public RouteAssert byRule(String name) {
        var route = answer.route();
        return check(
                route != null && (route.name().equals(name) || route.name().startsWith(name + ".")),
                "rule \"" + name + "\" to decide",
                "it is " + (route == null ? "none" : "\"" + route.name() + "\""));
    }

    /** The whole request, with its further tries, may take this long. */
    public RouteAssert hasTimeout(Duration timeout) {
        var actual = effects("a timeout").timeout();
        return check(
                timeout.equals(actual), "a timeout of " + text(timeout), actual == null ? "it has none" : text(actual));
    }

    /** The request may take as long as it likes. */
    public RouteAssert hasNoTimeout() {
        var actual = effects("no timeout").timeout();
        return check(actual == null, "no timeout", actual == null ? "" : text(actual));
    }

    /** It is tried again so often after the first try. With Envoy failing servers count the tries. */
    public RouteAssert hasRetries(int attempts) {
        var retries = effects("retries").retries();
        int actual = retries == null ? 0 : retries.attempts();
        check(actual == attempts, attempts + " retries", "it has " + actual);
        envoys.ifPresent(running -> Tries.check(running, request, answer, this::failure));
        return this;
    }

    /** A failure of this kind is worth another try: one of Envoy's conditions, or a status code. */
    public RouteAssert retriesOn(String condition) {
        var retries = effects("retries on " + condition).retries();
        boolean is = retries != null
                && (retries.on().contains(condition)
                        || retries.statusCodes().stream().anyMatch(code -> condition.equals(String.valueOf(code))));
        String actual =
                retries == null ? "it has none" : "it is tried again on " + retries.on() + retries.statusCodes();
        return check(is, "retries on " + condition, actual);
    }

    /** One try may take this long. */
    public RouteAssert hasPerTryTimeout(Duration timeout) {
        var retries = effects("a timeout for each try").retries();
        var actual = retries == null ? null : retries.perTry();
        return check(
                timeout.equals(actual),
                "a timeout of " + text(timeout) + " for each try",
                actual == null ? "it has none" : text(actual));
    }

    /** The server sees this path, with its query. */
    public RouteAssert arrivesAt(String path) {
        var actual = effects("path " + path).path();
        return check(path.equals(actual), "to arrive at " + path, "it arrives at " + actual);
    }

    /** The server sees this Host header. */
    public RouteAssert arrivesWithHost(String host) {
        var hosts = answer.clusters().stream()
                .map(t -> Objects.requireNonNullElse(
                        t.authority(), effects("host " + host).host()))
                .distinct()
                .toList();
        return check(hosts.equals(List.of(host)), "to arrive with host " + host, "it arrives with " + hosts);
    }

    /** The server sees this header; several values are joined by commas. Operators such as {@code %REQ(x)%} stay as written. */
    public RouteAssert arrivesWithHeader(String name, String value) {
        var actual = arriving(name);
        return check(actual.equals(List.of(value)), "to arrive with " + name + ": " + value, "it has " + actual);
    }

    /** The server does not see this header. */
    public RouteAssert arrivesWithoutHeader(String name) {
        var actual = arriving(name);
        return check(actual.isEmpty() || actual.equals(List.of("")), "to arrive without " + name, "it has " + actual);
    }

    private List<String> arriving(String name) {
        var route = effects("header " + name).headers().request();
        boolean only = answer.clusters().size() == 1;
        return answer.clusters().stream()
                .map(Target::headers)
                .map(own -> only
                        ? HeaderOutcome.together(request.headers(), route, own.request())
                        : HeaderOutcome.oneOfSeveral(request.headers(), route, own.request()))
                .map(outcome -> String.join(",", outcome.of(name)))
                .distinct()
                .toList();
    }

    /** The proxy sends the client elsewhere. */
    public RouteAssert redirectsTo(String location) {
        var actual = effects("a redirect").location();
        return check(
                location.equals(actual),
                "a redirect to " + location,
                actual == null ? answer.action() : "to " + actual);
    }

    /** The proxy itself answers with this status, be it a redirect, a direct response or 404 for want of a rule. */
    public RouteAssert isAnswered(int status) {
        var actual = effects("status " + status).status();
        return check(
                Objects.equals(actual, status),
                "the proxy to answer " + status,
                actual == null ? Targets.describe(answer) : "it answers " + actual);
    }

    /** The proxy itself answers with this status and text. */
    public RouteAssert isAnswered(int status, String body) {
        isAnswered(status);
        var actual = effects("body").body();
        return check(body.equals(actual), "the proxy to say \"" + body + "\"", "it says \"" + actual + "\"");
    }

    /** So many percent of the requests wait this long before they go on. */
    public RouteAssert isDelayed(Duration time, double percent) {
        var fault = effects("a delay").fault();
        boolean is = fault != null && time.equals(fault.delay()) && fault.delayPercent() == percent;
        return check(is, "a delay of " + text(time) + " for " + percent + " %", Faults.describe(fault));
    }

    /** So many percent of the requests end with this HTTP status, on purpose. */
    public RouteAssert isAborted(int status, double percent) {
        var fault = effects("an abort").fault();
        boolean is = fault != null && Objects.equals(fault.abortStatus(), status) && fault.abortPercent() == percent;
        return check(is, percent + " % to end with " + status, Faults.describe(fault));
    }

    /** No trouble is made on purpose. */
    public RouteAssert hasNoFault() {
        var fault = effects("no fault").fault();
        return check(fault == null, "no fault", Faults.describe(fault));
    }

    /** So many percent of the requests are copied to the Service {@code host}; {@code subset} may be empty. */
    public RouteAssert isMirroredTo(String host, String subset, double percent) {
        var copies = effects("copies").copies();
        boolean is = copies.stream()
                .anyMatch(copy -> Targets.isCluster(copy.cluster(), host, subset) && copy.percent() == percent);
        return check(is, percent + " % copied to " + (host + " " + subset).strip(), "copies are " + copies);
    }

    /** Requests travel with mutual TLS, as far as the manifests tell; tests with Envoy are without. */
    public RouteAssert usesMutualTls() {
        return check(answer.tls().equals("mutual"), "mutual TLS", "it is " + answer.tls());
    }

    /** Requests travel in plaintext. */
    public RouteAssert usesPlaintext() {
        return check(answer.tls().equals("plaintext"), "plaintext", "it is " + answer.tls());
    }

    /** Nothing is in its way: there are ready pods, which accept how it is sent. */
    public RouteAssert succeeds() {
        return check(answer.notes().isEmpty(), "nothing in its way", String.join("; ", answer.notes()));
    }

    private Effects effects(String expected) {
        var effects = answer.effects();
        if (effects == null) {
            throw failure(expected, "the port is for TCP, where there is no such thing", "");
        }
        return effects;
    }

    private RouteAssert check(boolean holds, String expected, String actual, String... destination) {
        if (!holds) {
            throw failure(expected, actual, String.join(" ", destination));
        }
        return this;
    }

    private AssertionError failure(String expected, String actual, String destination) {
        return new AssertionError(Report.of(request, answer, expected, actual, destination) + mesh.errors());
    }

    private static String text(@Nullable Duration duration) {
        return duration == null ? "none" : duration.toMillis() + " ms";
    }
}
