package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteAction.Retries;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads VirtualServices. */
final class VirtualServiceReader {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int MOST_BODY = 262_144;
    private static final long MOST_WEIGHT = 4_294_967_295L;

    static final ResourceKind KIND = new ResourceKind(
            "VirtualService",
            IstioKinds.NETWORKING,
            Shape.named("VirtualService").require("spec", section(VirtualServiceShapes.SPEC)),
            (header, document, problems) ->
                    document.section("spec").map(spec -> new VirtualServiceReader(problems).read(header, spec)));

    private final Problems problems;
    private final HeaderChangesReader headers;
    private final RewriteReader rewrites;
    private final MatchReader matches;
    private final RetriesReader retries;

    private VirtualServiceReader(Problems problems) {
        this.problems = problems;
        this.headers = new HeaderChangesReader(problems);
        this.rewrites = new RewriteReader(problems);
        this.matches = new MatchReader(problems);
        this.retries = new RetriesReader(problems);
    }

    private VirtualService read(Header header, Section spec) {
        if (spec.texts("hosts").isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    spec.placeOf("hosts"),
                    "a VirtualService without hosts is for nobody",
                    "List the hosts it is about");
        }
        checkHosts(spec);
        var rules = spec.sections("http").stream().map(this::rule).toList();
        if (rules.isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD, spec.placeOf("http"), "there are no rules", "Add rules under http");
        }
        warnUnreachable(rules);
        return new VirtualService(
                header.ref(),
                header.origin(),
                spec.texts("hosts"),
                spec.texts("gateways"),
                rules,
                ExportsReader.read(header, spec, false, problems));
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
        var written = headers.read(rule);
        var host = HeaderChangesReader.authority(written);
        return new HttpRule(
                rule.text("name").orElse(""),
                rule.place(),
                matches.read(rule),
                destinations(rule),
                answer(rule),
                rewrites.read(rule, host),
                rule.duration("timeout"),
                rule.section("retries").map(retries::read).orElse(Optional.of(Retries.DEFAULT)),
                HeaderChangesReader.withoutAuthority(written));
    }

    private List<Destination> destinations(Section rule) {
        var routes = rule.sections("route");
        if (routes.isEmpty() && !rule.has("redirect") && !rule.has("directResponse")) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    rule.place(),
                    "the rule has neither route nor redirect nor directResponse",
                    "Add one of them");
        }
        checkWeights(rule, routes);
        return routes.stream().map(route -> destination(route, routes.size())).toList();
    }

    private Destination destination(Section route, int routes) {
        var destination = route.section("destination").orElseThrow();
        var changes = headers.read(route);
        if (destination.text("host").orElseThrow().equals("*")) {
            bad(destination.placeOf("host"), "requests cannot be sent to every host", "Name the host");
        }
        return new Destination(
                destination.text("host").orElseThrow(),
                destination.text("subset").orElse(""),
                destination.section("port").flatMap(p -> p.number("number")),
                routes == 1 ? 1 : route.number("weight").orElse(0),
                HeaderChangesReader.withoutAuthority(changes),
                HeaderChangesReader.authority(changes),
                destination.place(),
                destination.placeOf("host"),
                destination.placeOf("subset"));
    }

    private void checkWeights(Section rule, List<Section> routes) {
        long sum = routes.stream().mapToLong(r -> r.number("weight").orElse(0)).sum();
        if (routes.size() > 1 && sum == 0) {
            problems.add(
                    DiagnosticCode.NO_WEIGHT,
                    rule.placeOf("route"),
                    "the weights of the " + routes.size() + " destinations add up to 0",
                    "Give at least one of them a weight");
        } else if (sum > MOST_WEIGHT) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    rule.placeOf("route"),
                    "the weights add up to " + sum + ", more than " + MOST_WEIGHT,
                    "Use smaller weights");
        }
    }

    private Optional<RouteAction> answer(Section rule) {
        return rule.section("redirect")
                .<RouteAction>map(this::redirect)
                .or(() -> rule.section("directResponse").map(this::direct));
    }

    private RouteAction redirect(Section redirect) {
        int code = redirect.number("redirectCode").orElse(301);
        if (!REDIRECTS.contains(code)) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    redirect.placeOf("redirectCode"),
                    "Envoy cannot redirect with " + code,
                    "Use 301, 302, 303, 307 or 308");
        }
        if (Stream.of("uri", "authority", "port", "scheme").noneMatch(redirect::has)) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    redirect.place(),
                    "the redirect leads to where the request already was",
                    "Add uri, authority, scheme or port");
        }
        return new RouteAction.Redirect(
                code,
                redirect.text("scheme"),
                redirect.text("authority"),
                redirect.number("port").filter(port -> port != defaultPort(redirect)),
                redirect.text("uri"));
    }

    /** The port that goes without saying: Istio leaves it out of the Location header. */
    private static int defaultPort(Section redirect) {
        return redirect.text("scheme").orElse("http").equals("https") ? 443 : 80;
    }

    private RouteAction direct(Section response) {
        String body = response.section("body").flatMap(b -> b.text("string")).orElse("");
        if (body.length() > MOST_BODY) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    response.placeOf("body"),
                    "the body has " + body.length() + " characters, the limit is " + MOST_BODY,
                    "Let a service answer");
        }
        return new RouteAction.DirectResponse(response.number("status").orElseThrow(), body);
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
