package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.HOST;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.NAME;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.TEXTS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Cluster.Balancing;
import dev.binnacle.mesh.istio.DestinationRule.Policy;
import dev.binnacle.mesh.istio.DestinationRule.Subset;
import dev.binnacle.mesh.istio.DestinationRule.TlsMode;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.LabelSyntax;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads DestinationRules. */
final class DestinationRuleReader {
    private static final String LATER = "not built yet";

    private static final Shape LOAD_BALANCER = Shape.named("LoadBalancerSettings")
            .with(
                    "simple",
                    choice("UNSPECIFIED", "LEAST_REQUEST", "LEAST_CONN", "ROUND_ROBIN", "RANDOM"),
                    "`PASSTHROUGH` is refused")
            .reject("consistentHash", LATER)
            .ignore("localityLbSetting", "there is one locality")
            .ignore("warmupDurationSecs", LATER)
            .ignore("warmup", LATER);
    private static final Shape TLS = Shape.named("ClientTLSSettings")
            .require("mode", choice("DISABLE", "ISTIO_MUTUAL"))
            .reject("clientCertificate", "TLS of mode SIMPLE or MUTUAL is " + LATER)
            .reject("privateKey", "TLS of mode SIMPLE or MUTUAL is " + LATER)
            .reject("caCertificates", "TLS of mode SIMPLE or MUTUAL is " + LATER)
            .reject("caCrl", "TLS of mode SIMPLE or MUTUAL is " + LATER)
            .reject("credentialName", "TLS of mode SIMPLE or MUTUAL is " + LATER)
            .reject("subjectAltNames", LATER)
            .reject("sni", LATER)
            .reject("insecureSkipVerify", LATER);
    private static final Shape COMMON = Shape.named("TrafficPolicy")
            .with("loadBalancer", section(LOAD_BALANCER))
            .with("tls", section(TLS))
            .ignore("connectionPool", "connections and requests are not limited; " + LATER)
            .ignore("outlierDetection", "no pod is ejected; " + LATER);
    private static final Shape PORT_SELECTOR = Shape.named("PortSelector").require("number", PORT);
    private static final Shape PORT_POLICY =
            new Shape("PortTrafficPolicy", COMMON.fields(), COMMON.exclusive()).require("port", section(PORT_SELECTOR));
    private static final Shape POLICY = COMMON.with("portLevelSettings", listOf(PORT_POLICY))
            .reject("tunnel", LATER)
            .reject("proxyProtocol", LATER)
            .ignore("retryBudget", LATER);
    private static final Shape SUBSET =
            Shape.named("Subset").require("name", NAME).with("labels", TEXTS).with("trafficPolicy", section(POLICY));
    private static final Shape SPEC = Shape.named("DestinationRuleSpec")
            .require("host", HOST)
            .with("trafficPolicy", section(POLICY))
            .with("subsets", listOf(SUBSET))
            .reject("workloadSelector", LATER)
            .with("exportTo", listOf(LINE));

    static final ResourceKind KIND = new ResourceKind(
            "DestinationRule",
            IstioKinds.NETWORKING,
            Shape.named("DestinationRule").require("spec", section(SPEC)),
            (header, document, problems) -> document.section("spec").map(spec -> read(header, spec, problems)));

    private DestinationRuleReader() {}

    private static DestinationRule read(Header header, Section spec, Problems problems) {
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
            LabelSyntax.check(subset, "labels", problems);
            subsets.add(new Subset(name, subset.map("labels"), policy(subset, problems)));
        }
        return new DestinationRule(
                header.ref(),
                header.origin(),
                spec.placed("host").orElseThrow(),
                policy(spec, problems),
                subsets,
                ExportsReader.read(header, spec, false, problems));
    }

    private static Policy policy(Section parent, Problems problems) {
        parent.section("trafficPolicy")
                .filter(policy -> policy.node().entries().isEmpty())
                .ifPresent(policy -> problems.add(
                        DiagnosticCode.MISSING_FIELD, policy.place(), "the policy says nothing", "Remove it"));
        return parent.section("trafficPolicy")
                .map(policy -> settings(policy, ports(policy)))
                .orElse(Policy.NONE);
    }

    private static Map<Integer, Policy> ports(Section policy) {
        var result = new TreeMap<Integer, Policy>();
        for (var port : policy.sections("portLevelSettings")) {
            port.section("port")
                    .flatMap(p -> p.number("number"))
                    .ifPresent(number -> result.put(number, settings(port, Map.of())));
        }
        return Map.copyOf(result);
    }

    private static Policy settings(Section section, Map<Integer, Policy> ports) {
        return new Policy(
                section.section("loadBalancer")
                        .flatMap(lb -> lb.text("simple"))
                        .flatMap(DestinationRuleReader::balancing),
                section.section("tls").flatMap(tls -> tls.text("mode")).map(TlsMode::valueOf),
                ports);
    }

    private static Optional<Balancing> balancing(String simple) {
        return switch (simple) {
            case "ROUND_ROBIN" -> Optional.of(Balancing.ROUND_ROBIN);
            case "RANDOM" -> Optional.of(Balancing.RANDOM);
            case "LEAST_REQUEST", "LEAST_CONN" -> Optional.of(Balancing.LEAST_REQUEST);
            default -> Optional.empty();
        };
    }
}
