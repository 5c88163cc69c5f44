package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.access.Access;
import dev.binnacle.mesh.ir.access.Access.Action;
import dev.binnacle.mesh.ir.access.AccessRule;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What policies decide about what comes in at a proxy.
 *
 * @param rule the rule that decides; empty when none matches
 * @param origin where it was written
 */
record Admission(boolean allowed, Optional<String> rule, Optional<Origin> origin) {
    /** Nothing stands against it. */
    private static final Admission OPEN = new Admission(true, Optional.empty(), Optional.empty());

    /** What is denied is denied whatever is allowed; and where something is allowed, nothing else is. */
    static Admission of(List<Access> accesses, Arrival arrival) {
        var matcher = new AccessMatcher(arrival);
        var result = OPEN;
        for (var access : accesses) {
            var matched = first(access, matcher);
            if (access.action() == Action.DENY && matched.isPresent()) {
                return decided(false, matched);
            }
            if (access.action() == Action.ALLOW && access.enforced().isPresent()) {
                result = decided(matched.isPresent(), matched);
            }
        }
        return result;
    }

    /** Envoy asks them in the order of their names. */
    private static Optional<AccessRule> first(Access access, AccessMatcher matcher) {
        return access.enforced().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparing(AccessRule::name))
                .filter(matcher::matches)
                .findFirst();
    }

    private static Admission decided(boolean allowed, Optional<AccessRule> rule) {
        return new Admission(allowed, rule.map(AccessRule::name), rule.map(AccessRule::origin));
    }

    /** Returns what Envoy's access log calls it. */
    String details() {
        return "rbac_access_denied_matched_policy[" + rule.orElse("none") + "]";
    }
}
