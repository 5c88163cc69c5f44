package dev.binnacle.mesh.istio.security;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.access.Access.Action;
import dev.binnacle.mesh.istio.PolicyTarget;
import dev.binnacle.mesh.schema.Resource;
import java.util.List;

/**
 * Who may do what with pods.
 *
 * @param dryRun whether its decisions are counted only
 * @param rules it matches what one of them matches; none matches nothing
 */
public record AuthorizationPolicy(
        ResourceRef ref, Origin origin, PolicyTarget target, Action action, boolean dryRun, List<Rule> rules)
        implements Resource {
    public AuthorizationPolicy {
        rules = List.copyOf(rules);
    }

    /**
     * A rule: one of the sources, one of the operations, and all conditions.
     *
     * @param from each all attributes of a source; empty for any source
     * @param to each all attributes of an operation; empty for any operation
     */
    public record Rule(Place place, List<List<Attribute>> from, List<List<Attribute>> to, List<Attribute> when) {
        public Rule {
            from = List.copyOf(from);
            to = List.copyOf(to);
            when = List.copyOf(when);
        }
    }
}
