package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.explain.Explanation.Policy;
import dev.binnacle.mesh.ir.access.Access;
import dev.binnacle.mesh.ir.access.Guard;
import dev.binnacle.mesh.ir.access.RateLimit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what the policies of the proxies that a request comes to decide about it. */
final class Gate {
    private final Origins origins;
    private final List<Policy> policies = new ArrayList<>();
    private final List<String> refusals = new ArrayList<>();

    Gate(Origins origins) {
        this.origins = origins;
    }

    /** Returns the policies with a rule that decides. */
    List<Policy> policies() {
        return List.copyOf(policies);
    }

    /** Returns who refuses, with what is answered. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    void request(String pod, Guard guard, Arrival arrival) {
        boolean token = !TokenClaims.of(guard.tokens(), arrival.headers()).isEmpty();
        decide(pod, guard.requests(), arrival, "answers 403 \"RBAC: access denied\"");
        if (token) {
            refusals.add(pod + " must find the token good; its signature and its times are not looked at here");
        }
    }

    void limit(String pod, Optional<RateLimit> limit) {
        limit.filter(told -> !told.asked().isNone() && !told.enforced().isNone())
                .flatMap(told -> origins.policy(
                        told.origin(),
                        "lets " + told.tokens() + " requests in at " + pod + " and " + told.refill() + " more each "
                                + Times.write(told.every()) + "; others get " + told.status()))
                .ifPresent(policies::add);
    }

    void connection(String pod, Guard guard, Arrival arrival) {
        decide(pod, guard.connections(), arrival, "ends the connection when the client says something");
    }

    private void decide(String pod, List<Access> accesses, Arrival arrival, String refusal) {
        var admission = Admission.of(accesses, arrival);
        String verdict = admission.allowed() ? "allows" : "denies";
        admission
                .origin()
                .flatMap(origin -> origins.policy(
                        origin,
                        verdict + " this at " + pod + " by " + admission.rule().orElse("")))
                .ifPresent(policies::add);
        if (!admission.allowed()) {
            String why = admission.rule().isPresent() ? "a rule denies it" : "no rule allows it";
            refusals.add(pod + " " + refusal + ", as " + why + " (" + admission.details() + ")");
        }
    }
}
