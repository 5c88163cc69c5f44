package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.GATEWAY;
import static dev.binnacle.mesh.schema.FieldType.HOST_OR_ADDRESS;
import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.NAMESPACE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.ConnectionRule.Match;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.schema.Subnets;
import java.util.List;
import java.util.stream.Collectors;

/** Reads rules for connections: those of the fields {@code tcp} and {@code tls}. */
final class ConnectionRuleReader {
    private static final String SUBNET_NOTE = "compared with the virtual address here, with the Service's in a cluster";

    private static final Shape TCP_MATCH = Shape.named("L4MatchAttributes")
            .with("destinationSubnets", listOf(FieldType.SUBNET), SUBNET_NOTE)
            .with("port", PORT)
            .with("sourceLabels", LABELS)
            .with("sourceNamespace", NAMESPACE)
            .with("gateways", listOf(GATEWAY))
            .ignore("sourceSubnet", "Istio ignores it too");
    private static final Shape TLS_MATCH = Shape.named("TLSMatchAttributes")
            .require("sniHosts", listOf(HOST_OR_ADDRESS))
            .with("destinationSubnets", listOf(FieldType.SUBNET), SUBNET_NOTE)
            .with("port", PORT)
            .with("sourceLabels", LABELS)
            .with("sourceNamespace", NAMESPACE)
            .with("gateways", listOf(GATEWAY));
    private static final Shape ROUTE = Shape.named("RouteDestination")
            .require("destination", section(VirtualServiceShapes.DESTINATION))
            .with("weight", VirtualServiceShapes.WEIGHT);
    static final Shape TCP =
            Shape.named("TCPRoute").with("match", listOf(TCP_MATCH)).require("route", listOf(ROUTE));
    static final Shape TLS =
            Shape.named("TLSRoute").require("match", listOf(TLS_MATCH)).require("route", listOf(ROUTE));

    private final Problems problems;
    private final DestinationReader destinations;

    ConnectionRuleReader(Problems problems) {
        this.problems = problems;
        this.destinations = new DestinationReader(problems);
    }

    List<ConnectionRule> tcp(Section spec) {
        return rules(spec.sections("tcp"));
    }

    /** Returns the rules by SNI, whose names must be among the VirtualService's hosts. */
    List<ConnectionRule> tls(Section spec) {
        var rules = spec.sections("tls");
        rules.forEach(rule -> {
            requireSome(rule, "match", "a rule for TLS needs a condition", "Add a match with sniHosts");
            rule.sections("match").forEach(match -> checkNames(match, spec.texts("hosts")));
        });
        return rules(rules);
    }

    private List<ConnectionRule> rules(List<Section> rules) {
        return rules.stream()
                .map(this::rule)
                .filter(rule -> !rule.destinations().isEmpty())
                .toList();
    }

    private ConnectionRule rule(Section rule) {
        requireSome(rule, "route", "the rule leads nowhere", "Add a route");
        return new ConnectionRule(
                rule.place(),
                rule.sections("match").stream().map(ConnectionRuleReader::match).toList(),
                destinations.routes(rule));
    }

    private static Match match(Section match) {
        return new Match(
                match.texts("sniHosts").stream().map(Placed::text).toList(),
                match.texts("destinationSubnets").stream()
                        .flatMap(subnet -> Subnets.canonical(subnet.text()).stream())
                        .filter(subnet -> !subnet.startsWith("0.0.0.0/"))
                        .toList(),
                match.number("port"),
                match.map("sourceLabels"),
                match.text("sourceNamespace"),
                match.texts("gateways").stream().map(Placed::text).collect(Collectors.toUnmodifiableSet()));
    }

    private void requireSome(Section rule, String field, String message, String fix) {
        if (rule.sections(field).isEmpty()) {
            problems.add(DiagnosticCode.MISSING_FIELD, rule.placeOf(field), message, fix);
        }
    }

    private void checkNames(Section match, List<Placed> hosts) {
        requireSomeNames(match);
        match.texts("sniHosts").stream()
                .filter(name -> hosts.stream().noneMatch(host -> isWithin(name.text(), host.text())))
                .forEach(name -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        name.place(),
                        name.text() + " is not among the VirtualService's hosts",
                        "Use one of its hosts, or a name that one of them covers"));
    }

    private void requireSomeNames(Section match) {
        if (match.texts("sniHosts").isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    match.placeOf("sniHosts"),
                    "a condition on TLS needs the names that clients ask for",
                    "List them under sniHosts");
        }
    }

    private static boolean isWithin(String name, String host) {
        return name.equals(host)
                || host.startsWith("*") && name.replaceFirst("^\\*", "").endsWith(host.substring(1));
    }
}
