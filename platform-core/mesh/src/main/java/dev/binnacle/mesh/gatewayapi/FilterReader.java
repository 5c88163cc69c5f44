package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.gatewayapi.HttpRoute.Filters;
import dev.binnacle.mesh.gatewayapi.HttpRoute.Mirror;
import dev.binnacle.mesh.gatewayapi.HttpRoute.PathChange;
import dev.binnacle.mesh.gatewayapi.HttpRoute.UrlRewrite;
import dev.binnacle.mesh.ir.Cors;
import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.ir.HeaderChanges.Operations;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import dev.binnacle.mesh.ir.Share;
import dev.binnacle.mesh.istio.Treatment.Headers;
import dev.binnacle.mesh.istio.VirtualService.Redirect;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the filters of a rule or of a backend. */
final class FilterReader {
    /** What every origin looks like: a scheme and a host. */
    private static final String ANY_ORIGIN = "^[a-zA-Z][a-zA-Z0-9+.-]*://[^/\\s?#]+$";

    private static final int OF_SECONDS = 5;
    private static final int FOUND = 302;
    private static final double MILLIONTHS_PER_PERCENT = 10_000;

    private FilterReader() {}

    static Filters read(Section rule) {
        return new Filters(
                headers(rule),
                fields(rule, "requestRedirect").findFirst().map(FilterReader::redirect),
                fields(rule, "urlRewrite").findFirst().map(FilterReader::rewrite),
                fields(rule, "requestMirror").map(FilterReader::mirror).toList(),
                fields(rule, "cors").findFirst().map(FilterReader::cors));
    }

    private static Stream<Section> fields(Section owner, String field) {
        return owner.sections("filters").stream().flatMap(filter -> filter.section(field).stream());
    }

    /** Returns the changes of headers; empty when there are none. */
    static Optional<Headers> headers(Section owner) {
        var request = fields(owner, "requestHeaderModifier").findFirst();
        var response = fields(owner, "responseHeaderModifier").findFirst();
        return request.isEmpty() && response.isEmpty()
                ? Optional.empty()
                : Optional.of(Headers.of(new HeaderChanges(
                        request.map(FilterReader::operations).orElse(Operations.NONE),
                        response.map(FilterReader::operations).orElse(Operations.NONE))));
    }

    private static Operations operations(Section headers) {
        return new Operations(
                pairs(headers, "set"),
                pairs(headers, "add"),
                headers.texts("remove").stream().map(Placed::text).toList());
    }

    /** Of several with one name the first counts. */
    private static Map<String, String> pairs(Section headers, String field) {
        var result = new LinkedHashMap<String, String>();
        headers.sections(field)
                .forEach(header -> result.putIfAbsent(
                        header.text("name").orElse("").toLowerCase(Locale.ROOT),
                        header.text("value").orElse("")));
        return Map.copyOf(result);
    }

    /** Without a port, that of the scheme is meant if there is one, else that of the request. */
    private static Redirect redirect(Section redirect) {
        var path = redirect.section("path");
        return new Redirect(
                new RouteAction.Redirect(
                        redirect.number("statusCode").orElse(FOUND),
                        redirect.text("scheme"),
                        redirect.text("hostname"),
                        redirect.number("port"),
                        path.flatMap(p -> p.text("replaceFullPath")).filter(text -> !text.isEmpty()),
                        path.flatMap(p -> p.text("replacePrefixMatch")).filter(text -> !text.isEmpty())),
                !redirect.has("port") && !redirect.has("scheme"));
    }

    private static UrlRewrite rewrite(Section rewrite) {
        return new UrlRewrite(rewrite.text("hostname"), rewrite.section("path").flatMap(FilterReader::path));
    }

    private static Optional<PathChange> path(Section path) {
        return path.text("replaceFullPath")
                .<PathChange>map(PathChange.Whole::new)
                .or(() -> path.text("replacePrefixMatch").map(PathChange.Prefix::new));
    }

    private static Mirror mirror(Section mirror) {
        var backend = mirror.section("backendRef").orElseThrow();
        return new Mirror(Reference.read(backend, "", "Service"), backend.number("port"), share(mirror));
    }

    private static Share share(Section mirror) {
        return mirror.section("fraction")
                .map(fraction -> 100.0
                        * fraction.number("numerator").orElse(0)
                        / fraction.number("denominator").orElse(100))
                .or(() -> mirror.number("percent").map(Integer::doubleValue))
                .map(percent -> new Share((int) (percent * MILLIONTHS_PER_PERCENT)))
                .orElse(Share.ALL);
    }

    private static Cors cors(Section cors) {
        return new Cors(
                cors.texts("allowOrigins").stream()
                        .map(origin -> origin(origin.text()))
                        .toList(),
                texts(cors, "allowMethods"),
                texts(cors, "allowHeaders"),
                texts(cors, "exposeHeaders"),
                Optional.of(Duration.ofSeconds(cors.number("maxAge").orElse(OF_SECONDS))),
                cors.flag("allowCredentials").filter(allowed -> allowed),
                false);
    }

    private static List<String> texts(Section cors, String field) {
        return cors.texts(field).stream().map(Placed::text).toList();
    }

    private static TextMatch origin(String origin) {
        int star = origin.indexOf('*');
        if (origin.equals("*")) {
            return new TextMatch.Regex(ANY_ORIGIN);
        }
        if (star < 0) {
            return new TextMatch.Exact(origin);
        }
        return star == origin.length() - 1
                ? new TextMatch.Prefix(origin.substring(0, star))
                : new TextMatch.Regex("^" + Texts.quoted(origin.substring(0, star)) + ".*"
                        + Texts.quoted(origin.substring(star + 1)) + "$");
    }
}
