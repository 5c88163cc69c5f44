package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.HOST;
import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.SUBSET;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.DestinationRule.Subset;
import dev.binnacle.mesh.istio.traffic.PolicyReader;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** Reads DestinationRules. */
final class DestinationRuleReader {
    private static final Shape PART = Shape.named("Subset")
            .require("name", SUBSET)
            .with("labels", LABELS)
            .with("trafficPolicy", section(PolicyReader.SHAPE));
    private static final Shape SELECTOR = Shape.named("WorkloadSelector").with("matchLabels", FieldType.SELECTOR);
    private static final Shape SPEC = Shape.named("DestinationRuleSpec")
            .require("host", HOST)
            .with("trafficPolicy", section(PolicyReader.SHAPE))
            .with("subsets", listOf(PART))
            .with("workloadSelector", section(SELECTOR), "clients of the same namespace")
            .with("exportTo", listOf(LINE));

    static final ResourceKind KIND = new ResourceKind(
            "DestinationRule",
            IstioKinds.NETWORKING,
            Shape.named("DestinationRule").require("spec", section(SPEC)),
            (header, document, problems) -> document.section("spec").map(spec -> read(header, spec, problems)));

    private DestinationRuleReader() {}

    private static DestinationRule read(Header header, Section spec, Problems problems) {
        var policies = new PolicyReader(problems);
        var selector = spec.section("workloadSelector");
        var exports = ExportsReader.read(header, spec, false, problems);
        selector.filter(s ->
                        exports.filter(e -> !e.onlyTo(header.ref().namespace())).isPresent())
                .ifPresent(s -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        spec.placeOf("exportTo"),
                        "a rule that selects its clients is for those of its own namespace",
                        "Remove exportTo, or workloadSelector"));
        return new DestinationRule(
                header.ref(),
                header.origin(),
                spec.placed("host").orElseThrow(),
                policies.read(spec),
                subsets(spec, policies, problems),
                selector.map(s -> s.map("matchLabels")),
                exports);
    }

    private static List<Subset> subsets(Section spec, PolicyReader policies, Problems problems) {
        var subsets = new ArrayList<Subset>();
        var names = new HashSet<String>();
        for (var subset : spec.sections("subsets")) {
            var name = subset.placed("name").orElseThrow();
            if (!names.add(name.text())) {
                problems.add(
                        DiagnosticCode.BAD_VALUE,
                        name.place(),
                        "the subset " + name.text() + " is already defined",
                        "Give each subset its own name");
            }
            subsets.add(new Subset(name, subset.map("labels"), policies.read(subset)));
        }
        return subsets;
    }
}
