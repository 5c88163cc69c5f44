package dev.binnacle.mesh.istio.security;

import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.NAME;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.Map;
import java.util.stream.Stream;

/** Reads which pods a policy is for. */
final class PolicyTargetReader {
    static final Shape SELECTOR = Shape.named("WorkloadSelector").with("matchLabels", LABELS);
    private static final String NOTE = "the Gateway API's `Gateway`s only: there are no waypoints here";
    private static final Shape REFERENCE = Shape.named("PolicyTargetReference")
            .with("group", LINE)
            .require("kind", NAME)
            .require("name", NAME)
            .reject("namespace", "a policy is for what is in its own namespace");

    private PolicyTargetReader() {}

    /** Adds the fields that tell it to the shape of a policy. */
    static Shape in(Shape policy) {
        return policy.with("selector", section(SELECTOR), "in the root namespace: pods of all namespaces")
                .with("targetRef", section(REFERENCE), NOTE)
                .with("targetRefs", listOf(REFERENCE), NOTE)
                .oneOf("selector", "targetRef", "targetRefs");
    }

    static PolicyTarget read(Section policy, Problems problems) {
        Map<String, String> selector =
                policy.section("selector").map(s -> s.map("matchLabels")).orElse(Map.of());
        var references = Stream.concat(policy.section("targetRef").stream(), policy.sections("targetRefs").stream())
                .toList();
        references.forEach(reference -> check(reference, problems));
        var place = Stream.of("selector", "targetRef", "targetRefs")
                .filter(policy::has)
                .findFirst()
                .map(policy::placeOf)
                .orElse(policy.place());
        var gateways = references.stream().flatMap(r -> r.text("name").stream()).toList();
        return new PolicyTarget(selector, gateways, place);
    }

    private static void check(Section reference, Problems problems) {
        String group = reference.text("group").orElse("");
        String kind = reference.text("kind").orElse("");
        if (!group.equals("gateway.networking.k8s.io") || !kind.equals("Gateway")) {
            problems.add(
                    DiagnosticCode.FIELD_REJECTED,
                    reference.place(),
                    "a policy for " + (group.isEmpty() ? "" : group + "/") + kind + " takes effect at waypoints only",
                    "Use a selector, or a reference to a Gateway of gateway.networking.k8s.io");
        }
    }
}
