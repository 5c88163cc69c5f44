package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Explanation.Other;
import dev.binnacle.mesh.explain.Explanation.Pod;
import dev.binnacle.mesh.explain.Explanation.Policy;
import dev.binnacle.mesh.explain.Explanation.Rule;
import dev.binnacle.mesh.explain.Explanation.Target;
import java.util.stream.Collectors;

/** The form of an {@link Answer} that people read. */
public final class WhyText {
    private WhyText() {}

    /** Returns the answer as lines, each beginning with what it is about. */
    public static String write(Answer answer) {
        var out = new StringBuilder();
        line(out, "from", answer.from());
        line(out, "listener", answer.listener());
        if (answer.virtualHost() != null) {
            line(out, "host", answer.virtualHost());
        }
        line(out, "route", answer.route() == null ? "none" : route(answer.route()));
        line(out, "action", answer.action());
        if (answer.effects() != null) {
            EffectsText.lines(answer.effects()).forEach((what, text) -> line(out, what, text));
        }
        answer.clusters().forEach(target -> line(out, "cluster", target(target)));
        line(out, "tls", answer.tls());
        answer.policies().forEach(policy -> line(out, "policy", policy(policy)));
        answer.others().forEach(other -> line(out, "skipped", other(other)));
        answer.notes().forEach(note -> line(out, "note", note));
        return out.toString();
    }

    private static void line(StringBuilder out, String what, String text) {
        out.append(what).repeat(' ', 10 - what.length()).append(text).append('\n');
    }

    private static String route(Rule rule) {
        String place = rule.line() > 0 ? rule.file() + ":" + rule.line() : rule.file();
        String name = rule.name().isEmpty() ? "" : " \"" + rule.name() + "\"";
        return place + name + (rule.resource() == null ? "" : " of " + rule.resource());
    }

    private static String other(Other other) {
        String leads = other.leadsTo().isEmpty() ? "" : " (" + other.leadsTo() + ")";
        return route(other.route()) + leads + ": " + String.join("; ", other.reasons());
    }

    private static String target(Target target) {
        String pods = target.endpoints().stream().map(WhyText::pod).collect(Collectors.joining(", "));
        String changes = EffectsText.changes(target.headers());
        return target.name() + " weight " + target.weight() + ": " + (pods.isEmpty() ? "no ready pod" : pods)
                + (target.authority() == null ? "" : ", host " + target.authority())
                + (changes.isEmpty() ? "" : ", " + changes);
    }

    private static String pod(Pod pod) {
        return pod.pod() + " (" + pod.address() + ":" + pod.port()
                + (pod.locality().isEmpty() ? "" : ", in " + pod.locality())
                + (pod.priority() == 0 ? "" : ", only when all of priority " + (pod.priority() - 1) + " fail") + ")";
    }

    private static String policy(Policy policy) {
        return policy.kind() + " " + policy.namespace() + "/" + policy.name() + " " + policy.file() + ":"
                + policy.line() + ": " + policy.effect();
    }
}
