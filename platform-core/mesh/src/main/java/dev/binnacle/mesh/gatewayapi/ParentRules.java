package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Section;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold between the parents of a route, as the API server has it: each is named once. */
final class ParentRules {
    private ParentRules() {}

    static void check(Section spec, Problems problems) {
        Map<List<String>, Set<String>> listeners = new HashMap<>();
        for (var parent : spec.sections("parentRefs")) {
            var name = List.of(
                    parent.text("group").orElse(GatewayApiKinds.GROUP),
                    parent.text("kind").orElse("Gateway"),
                    parent.text("namespace").orElse(""),
                    parent.text("name").orElse(""));
            String listener = parent.text("sectionName").orElse("");
            var others = listeners.computeIfAbsent(name, n -> new HashSet<>());
            boolean whole = !others.isEmpty() && (listener.isEmpty() || others.contains(""));
            if (whole || !others.add(listener)) {
                problems.add(
                        DiagnosticCode.BAD_VALUE,
                        parent.place(),
                        "the parent " + parent.text("name").orElse("") + " is named twice",
                        "Name it once, or each time another sectionName");
            }
        }
    }
}
