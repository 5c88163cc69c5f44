package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.RouteMatch;
import dev.binnacle.mesh.ir.RouteMatch.HeaderMatch;
import dev.binnacle.mesh.ir.RouteMatch.PathMatch;
import dev.binnacle.mesh.ir.RouteMatch.QueryMatch;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import dev.binnacle.mesh.istio.VirtualService.Match;
import dev.binnacle.mesh.schema.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the conditions of HTTP rules. */
final class MatchReader {
    /** Conditions of their own field that Envoy sees as pseudo headers. */
    private static final List<String> PSEUDO_HEADERS = List.of("authority", "method", "scheme");

    private final Problems problems;

    MatchReader(Problems problems) {
        this.problems = problems;
    }

    List<Match> read(Section rule) {
        return rule.sections("match").stream().map(this::match).toList();
    }

    private Match match(Section match) {
        Set<String> gateways =
                match.texts("gateways").stream().map(Section.Placed::text).collect(Collectors.toUnmodifiableSet());
        return new Match(
                match.text("name").orElse(""),
                match.place(),
                new RouteMatch(path(match), headers(match), query(match)),
                match.number("port"),
                match.map("sourceLabels"),
                match.text("sourceNamespace"),
                gateways);
    }

    private static PathMatch path(Section match) {
        boolean ignoresCase = match.flag("ignoreUriCase").orElse(false);
        return switch (match.section("uri").map(MatchReader::text).orElse(new TextMatch.Present())) {
            case TextMatch.Present present -> new PathMatch.Prefix("/", false);
            case TextMatch.Exact(String path) -> new PathMatch.Exact(path, ignoresCase);
            case TextMatch.Prefix(String prefix) -> new PathMatch.Prefix(prefix, ignoresCase);
            case TextMatch.Regex(String regex) -> new PathMatch.Regex(regex);
        };
    }

    private List<HeaderMatch> headers(Section match) {
        var result = new ArrayList<HeaderMatch>();
        for (String field : PSEUDO_HEADERS) {
            match.section(field)
                    .ifPresent(condition -> result.add(new HeaderMatch(":" + field, text(condition), false)));
        }
        result.addAll(named(match, "headers", false));
        result.addAll(named(match, "withoutHeaders", true));
        return List.copyOf(result);
    }

    private List<HeaderMatch> named(Section match, String field, boolean inverted) {
        var conditions = match.named(field);
        conditions.stream()
                .filter(condition -> !HeaderChangesReader.isHeader(condition.name()))
                .forEach(condition -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        condition.section().place(),
                        "\"" + condition.name() + "\" is not the name of a header",
                        "Use letters, digits and dashes"));
        return conditions.stream()
                .map(condition -> new HeaderMatch(condition.name(), text(condition.section()), inverted))
                .toList();
    }

    private List<QueryMatch> query(Section match) {
        if (match.named("queryParams").stream().anyMatch(q -> q.name().isEmpty())) {
            problems.add(
                    DiagnosticCode.BAD_VALUE, match.placeOf("queryParams"), "a query parameter has no name", "Name it");
        }
        return match.named("queryParams").stream()
                .map(q -> new QueryMatch(q.name(), text(q.section())))
                .toList();
    }

    private static TextMatch text(Section condition) {
        return condition
                .text("exact")
                .<TextMatch>map(TextMatch.Exact::new)
                .or(() -> condition.text("prefix").map(TextMatch.Prefix::new))
                .or(() -> condition.text("regex").map(TextMatch.Regex::new))
                .orElse(new TextMatch.Present());
    }
}
