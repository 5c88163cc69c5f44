package dev.binnacle.mesh.ir.access;

import java.util.List;
import java.util.Optional;

/**
 * The rules of all policies with one action, in the order in which the proxy asks them.
 *
 * @param enforced those that decide; empty when no policy does, and a list without rules when policies have none that fit
 * @param tried those of policies in dry run, which are counted only; empty when there is no such policy
 */
public record Access(Action action, Optional<List<AccessRule>> enforced, Optional<List<AccessRule>> tried) {
    /** What becomes of what a rule matches. */
    public enum Action {
        /** It is marked for who audits. */
        AUDIT,
        /** It is refused. */
        DENY,
        /** It may pass, and nothing else may. */
        ALLOW
    }
}
