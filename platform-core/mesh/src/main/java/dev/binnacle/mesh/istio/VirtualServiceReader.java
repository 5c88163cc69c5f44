package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.VirtualService.Delegate;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads VirtualServices. */
final class VirtualServiceReader {
    static final ResourceKind KIND = new ResourceKind(
            "VirtualService",
            IstioKinds.NETWORKING,
            Shape.named("VirtualService").require("spec", section(VirtualServiceShapes.SPEC)),
            (header, document, problems) ->
                    document.section("spec").map(spec -> new VirtualServiceReader(problems).read(header, spec)));

    private final Problems problems;
    private final MatchReader matches;
    private final DestinationReader destinations;
    private final AnswerReader answers;
    private final TreatmentReader treatments;
    private final ConnectionRuleReader connections;

    private VirtualServiceReader(Problems problems) {
        this.problems = problems;
        this.matches = new MatchReader(problems);
        this.destinations = new DestinationReader(problems);
        this.answers = new AnswerReader(problems);
        this.treatments = new TreatmentReader(problems);
        this.connections = new ConnectionRuleReader(problems);
    }

    private VirtualService read(Header header, Section spec) {
        if (spec.texts("hosts").isEmpty()) {
            checkDelegate(spec);
        }
        checkHosts(spec);
        var rules = spec.sections("http").stream().map(this::rule).toList();
        warnUnreachable(rules);
        var tcp = connections.tcp(spec);
        var tls = connections.tls(spec);
        if (rules.isEmpty() && tcp.isEmpty() && tls.isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    spec.placeOf("http"),
                    "there are no rules",
                    "Add rules under http, tcp or tls");
        }
        return new VirtualService(
                header.ref(),
                header.origin(),
                spec.texts("hosts"),
                spec.texts("gateways"),
                rules,
                tcp,
                tls,
                ExportsReader.read(header, spec, false, problems),
                false);
    }

    /** Without hosts it is there to be delegated to. */
    private void checkDelegate(Section spec) {
        for (String field : List.of("gateways", "tcp", "tls")) {
            boolean some = field.equals("gateways")
                    ? !spec.texts(field).isEmpty()
                    : !spec.sections(field).isEmpty();
            if (some) {
                bad(
                        spec.placeOf(field),
                        "without hosts it is for others to delegate to, and they decide about " + field,
                        "List the hosts it is about, or remove " + field);
            }
        }
        spec.sections("http").stream()
                .filter(rule -> rule.has("delegate"))
                .forEach(rule -> bad(
                        rule.placeOf("delegate"),
                        "what is delegated cannot be delegated further",
                        "List the hosts it is about, or write the rule itself"));
    }

    private void checkHosts(Section spec) {
        var seen = new ArrayList<String>();
        boolean mesh = spec.texts("gateways").isEmpty()
                || spec.texts("gateways").stream().anyMatch(g -> g.text().equals(VirtualService.MESH));
        for (var host : spec.texts("hosts")) {
            seen.stream()
                    .filter(other -> overlap(other, host.text()))
                    .forEach(other ->
                            bad(host.place(), host.text() + " and " + other + " overlap", "Remove one of the two"));
            seen.add(host.text());
            if (mesh && host.text().equals("*")) {
                bad(host.place(), "a VirtualService for the mesh cannot be about every host", "Name the hosts");
            }
        }
    }

    private static boolean overlap(String a, String b) {
        return covers(a, b) || covers(b, a);
    }

    private static boolean covers(String pattern, String host) {
        return pattern.startsWith("*") ? host.endsWith(pattern.substring(1)) : pattern.equals(host);
    }

    private HttpRule rule(Section rule) {
        boolean forwards = !rule.sections("route").isEmpty();
        if (!forwards && Stream.of("redirect", "directResponse", "delegate").noneMatch(rule::has)) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    rule.place(),
                    "the rule has neither route nor redirect nor directResponse",
                    "Add one of them");
        }
        return new HttpRule(
                rule.text("name").orElse(""),
                rule.place(),
                matches.read(rule),
                destinations.routes(rule),
                answers.redirect(rule),
                rule.section("delegate").map(VirtualServiceReader::delegate),
                treatments.read(rule));
    }

    private static Delegate delegate(Section delegate) {
        return new Delegate(delegate.text("name").orElseThrow(), delegate.text("namespace"), delegate.place());
    }

    private void bad(Place place, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, place, message, fix);
    }

    private void warnUnreachable(List<HttpRule> rules) {
        for (int i = 0; i + 1 < rules.size(); i++) {
            if (rules.get(i).takesEverything()) {
                problems.add(
                        DiagnosticCode.UNREACHABLE_ROUTE,
                        rules.get(i + 1).place(),
                        "never reached: " + rules.get(i).place().path() + " takes every request",
                        "Put the rule with conditions first, or remove this one");
                return;
            }
        }
    }
}
