package dev.binnacle.mesh.istio;

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

/** Reads which pods a resource is for. */
public final class PolicyTargetReader {
    /** Pods by their labels. */
    public static final Shape SELECTOR = Shape.named("WorkloadSelector").with("matchLabels", LABELS);

    private static final String NOTE = "the Gateway API's `Gateway`s only: there are no waypoints here";
    private static final Shape REFERENCE = Shape.named("PolicyTargetReference")
            .with("group", LINE)
            .require("kind", NAME)
            .require("name", NAME)
            .reject("namespace", "it is for what is in its own namespace");

    private PolicyTargetReader() {}

    /** Adds the fields that tell it to the shape of a resource that reaches all namespaces from the root namespace. */
    public static Shape inAny(Shape spec) {
        return in(spec, "in the root namespace: pods of all namespaces");
    }

    /** Adds the fields that tell it to the shape of a resource whose selector is for its own namespace. */
    public static Shape inOwn(Shape spec) {
        return in(spec, "");
    }

    private static Shape in(Shape spec, String reach) {
        return spec.with("selector", section(SELECTOR), reach)
                .with("targetRef", section(REFERENCE), NOTE)
                .with("targetRefs", listOf(REFERENCE), NOTE)
                .oneOf("selector", "targetRef", "targetRefs");
    }

    /** Returns the target, and reports references that mean nothing here. */
    public static PolicyTarget read(Section spec, Problems problems) {
        Map<String, String> selector =
                spec.section("selector").map(s -> s.map("matchLabels")).orElse(Map.of());
        var references = Stream.concat(spec.section("targetRef").stream(), spec.sections("targetRefs").stream())
                .toList();
        references.forEach(reference -> check(reference, problems));
        var place = Stream.of("selector", "targetRef", "targetRefs")
                .filter(spec::has)
                .findFirst()
                .map(spec::placeOf)
                .orElse(spec.place());
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
                    "a resource for " + (group.isEmpty() ? "" : group + "/") + kind + " takes effect at waypoints only",
                    "Use a selector, or a reference to a Gateway of gateway.networking.k8s.io");
        }
    }
}
