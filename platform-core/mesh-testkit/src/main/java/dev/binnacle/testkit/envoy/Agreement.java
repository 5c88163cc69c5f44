package dev.binnacle.testkit.envoy;

import dev.binnacle.mesh.explain.Effects;
import dev.binnacle.mesh.explain.Explanation;
import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Explanation.Rule;
import dev.binnacle.mesh.explain.Explanation.Target;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.mesh.ir.HeaderChanges.Operations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Compares an explanation with what Envoy did. */
public final class Agreement {
    private final Answer answer;
    private final WhyRequest request;
    private final Observation seen;
    private final List<String> differences = new ArrayList<>();

    private Agreement(Answer answer, WhyRequest request, Observation seen) {
        this.answer = answer;
        this.request = request;
        this.seen = seen;
    }

    /** Returns where they differ; empty when Envoy did what was said. */
    public static List<String> differences(Answer answer, WhyRequest request, Observation seen) {
        var agreement = new Agreement(answer, request, seen);
        agreement.compare();
        return agreement.differences;
    }

    private void compare() {
        var effects = answer.effects();
        if (effects == null) {
            connected();
            return;
        }
        same("route", Optional.ofNullable(answer.route()).map(Rule::name).orElse(""), seen.route());
        same("line", Optional.ofNullable(answer.route()).map(Agreement::place).orElse(""), seen.origin());
        if (effects.fault() != null && aborted(effects.fault())) {
            return;
        }
        if (effects.status() != null) {
            answered(effects);
        } else if (answer.clusters().isEmpty()) {
            same("pod", "outside", pod());
        } else {
            forwarded(effects);
        }
    }

    private static String nameOf(Explanation.Pod endpoint) {
        return endpoint.pod().isEmpty() ? EchoServers.OUTSIDE : endpoint.pod();
    }

    /** Connections that no rule is for are closed, those for nobody too. */
    private void connected() {
        var pods = answer.clusters().stream()
                .flatMap(target -> target.endpoints().stream())
                .map(Agreement::nameOf)
                .toList();
        boolean lost = answer.clusters().stream().anyMatch(t -> t.endpoints().isEmpty());
        boolean possible = pods.contains(pod()) || pod().isEmpty() && (lost || pods.isEmpty());
        same("one of " + pods + ", not " + pod(), true, possible);
    }

    /** Tells whether the request ended on purpose; chance decides that unless it is about all or none. */
    private boolean aborted(Effects.Trouble fault) {
        boolean aborted = seen.flags().contains("FI");
        if (fault.abortPercent() == 0 || fault.abortPercent() == 100) {
            same("abort", fault.abortPercent() == 100, aborted);
        }
        if (aborted && fault.abortStatus() != null) {
            same("status", fault.abortStatus(), seen.status());
        }
        return aborted;
    }

    private static String place(Rule rule) {
        return rule.line() > 0 ? rule.file() + ":" + rule.line() : rule.file();
    }

    private String pod() {
        return seen.server().map(Observation.Received::pod).orElse("");
    }

    private void answered(Effects effects) {
        same("status", effects.status(), seen.status());
        same("location", Optional.ofNullable(effects.location()).orElse(""), String.join(",", seen.header("location")));
        if (answer.action().startsWith("direct")) {
            same("body", Optional.ofNullable(effects.body()).orElse(""), seen.body());
            var changes = effects.headers().response();
            headers("response", HeaderOutcome.together(Map.of(), changes, Operations.NONE), seen::header);
        }
    }

    private void forwarded(Effects effects) {
        if (seen.server().isEmpty()) {
            same("status", 503, seen.status());
            boolean possible =
                    answer.clusters().stream().anyMatch(t -> t.endpoints().isEmpty());
            same("some cluster without endpoints", true, possible);
            return;
        }
        // Several destinations may be one cluster, each with changes of its own.
        var candidates = answer.clusters().stream()
                .filter(t -> t.name().equals(seen.cluster()) && t.weight() > 0)
                .map(target -> received(effects, target, seen.server().get()))
                .toList();
        if (candidates.isEmpty()) {
            same("cluster", answer.clusters().stream().map(Target::name).toList(), seen.cluster());
        } else if (candidates.stream().noneMatch(List::isEmpty)) {
            differences.addAll(candidates.getFirst());
        }
    }

    private List<String> received(Effects effects, Target target, Observation.Received received) {
        var trial = new Agreement(answer, request, seen);
        trial.receivedAt(target, effects, received);
        return trial.differences;
    }

    private void receivedAt(Target target, Effects effects, Observation.Received received) {
        same("pod", true, target.endpoints().stream().anyMatch(e -> nameOf(e).equals(received.pod())));
        same("path", effects.path(), received.path());
        same("host", Objects.requireNonNullElse(target.authority(), effects.host()), received.host());
        var route = effects.headers();
        var own = target.headers();
        boolean only = answer.clusters().size() == 1;
        var to = only
                ? HeaderOutcome.together(request.headers(), route.request(), own.request())
                : HeaderOutcome.oneOfSeveral(request.headers(), route.request(), own.request());
        headers("request", to, received::header);
        var back = only
                ? HeaderOutcome.together(Map.of(), route.response(), own.response())
                : HeaderOutcome.oneOfSeveral(Map.of(), route.response(), own.response());
        headers("response", back, seen::header);
    }

    private void headers(String direction, HeaderOutcome expected, Function<String, List<String>> actual) {
        expected.changed().forEach(name -> same(direction + " header " + name, expected.of(name), actual.apply(name)));
    }

    private void same(String what, @Nullable Object expected, Object actual) {
        if (!actual.equals(expected)) {
            differences.add(what + ": why says " + expected + ", Envoy did " + actual);
        }
    }
}
