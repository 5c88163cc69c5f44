package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import dev.binnacle.mesh.istio.VirtualService.Match;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Named;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads the conditions of HTTP rules. */
final class MatchReader {
    /** Conditions of their own field that Envoy sees as pseudo headers. */
    private static final List<String> PSEUDO_HEADERS = List.of("authority", "method", "scheme");

    /** Istio's way to ask for a claim in the place of a header. */
    private static final String CLAIM = "@request.auth.claims";

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
                condition(match),
                match.number("port"),
                match.map("sourceLabels"),
                match.text("sourceNamespace"),
                gateways);
    }

    private Condition condition(Section match) {
        var pseudoHeaders = new TreeMap<String, TextMatch>();
        PSEUDO_HEADERS.forEach(
                field -> match.section(field).ifPresent(condition -> pseudoHeaders.put(field, text(condition))));
        return new Condition(
                match.section("uri").map(MatchReader::text),
                match.flag("ignoreUriCase").orElse(false),
                false,
                pseudoHeaders,
                headers(match, "headers"),
                headers(match, "withoutHeaders"),
                query(match));
    }

    private SortedMap<String, TextMatch> headers(Section match, String field) {
        match.named(field).stream()
                .filter(condition -> !HeaderChecks.isHeader(condition.name()))
                .forEach(this::refuse);
        return named(match, field);
    }

    private void refuse(Named condition) {
        if (condition.name().startsWith(CLAIM)) {
            problems.add(
                    DiagnosticCode.FIELD_REJECTED,
                    condition.section().place(),
                    "routes by claims of a token are not supported",
                    "Let the RequestAuthentication put the claim into a header (outputClaimToHeaders) and match that");
        } else {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    condition.section().place(),
                    "\"" + condition.name() + "\" is not the name of a header",
                    "Use letters, digits and dashes");
        }
    }

    private SortedMap<String, TextMatch> query(Section match) {
        if (match.named("queryParams").stream().anyMatch(q -> q.name().isEmpty())) {
            problems.add(
                    DiagnosticCode.BAD_VALUE, match.placeOf("queryParams"), "a query parameter has no name", "Name it");
        }
        return named(match, "queryParams");
    }

    private static SortedMap<String, TextMatch> named(Section match, String field) {
        var result = new TreeMap<String, TextMatch>();
        match.named(field).forEach(condition -> result.put(condition.name(), text(condition.section())));
        return result;
    }

    /** Returns the condition on one text. A star, which is no expression of RE2, asks for presence only. */
    static TextMatch text(Section condition) {
        return condition
                .text("exact")
                .<TextMatch>map(TextMatch.Exact::new)
                .or(() -> condition.text("prefix").map(TextMatch.Prefix::new))
                .or(() -> condition
                        .text("regex")
                        .filter(regex -> !regex.equals("*"))
                        .map(TextMatch.Regex::new))
                .orElse(new TextMatch.Present());
    }
}
