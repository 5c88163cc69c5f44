package dev.binnacle.mesh.gatewayapi;

import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.gatewayapi.HttpRoute.Backend;
import dev.binnacle.mesh.gatewayapi.HttpRoute.Parent;
import dev.binnacle.mesh.gatewayapi.HttpRoute.Rule;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.yaml.YamlNode.Mapping;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads HTTPRoutes. */
final class HttpRouteReader {
    static final ResourceKind KIND = new ResourceKind(
            "HTTPRoute",
            List.of(GatewayApiKinds.GROUP + "/v1", GatewayApiKinds.GROUP + "/v1beta1"),
            Shape.named("HTTPRoute").require("spec", section(HttpRouteShapes.SPEC)),
            (header, document, problems) -> document.section("spec").map(spec -> read(header, spec)));

    private HttpRouteReader() {}

    private static HttpRoute read(Header header, Section spec) {
        // Without rules there is one for everything, without a backend.
        var rules = spec.has("rules")
                ? spec.sections("rules")
                : List.of(new Section(new Mapping(spec.node().line(), List.of()), spec.place()));
        return new HttpRoute(
                header.ref(),
                header.origin(),
                spec.sections("parentRefs").stream()
                        .map(HttpRouteReader::parent)
                        .toList(),
                spec.texts("hostnames"),
                rules.stream().map(HttpRouteReader::rule).toList());
    }

    private static Parent parent(Section parent) {
        return new Parent(
                Reference.read(parent, GatewayApiKinds.GROUP, "Gateway"),
                parent.text("sectionName").filter(name -> !name.isEmpty()),
                parent.number("port"));
    }

    private static Rule rule(Section rule) {
        return new Rule(
                rule.text("name").orElse(""),
                rule.place(),
                ConditionReader.read(rule),
                FilterReader.read(rule),
                rule.sections("backendRefs").stream()
                        .map(HttpRouteReader::backend)
                        .toList(),
                rule.section("timeouts").flatMap(HttpRouteReader::timeout));
    }

    /** Without retries, which are experimental, one request to a backend is the whole. */
    private static Optional<Duration> timeout(Section timeouts) {
        return timeouts.duration("backendRequest")
                .filter(time -> !time.isZero())
                .or(() -> timeouts.duration("request").filter(time -> !time.isZero()));
    }

    private static Backend backend(Section backend) {
        return new Backend(
                Reference.read(backend, "", "Service"),
                backend.number("port"),
                backend.number("weight").orElse(1),
                FilterReader.headers(backend),
                backend.sections("filters").stream()
                        .flatMap(filter -> filter.placed("type").stream())
                        .filter(type -> !type.text().endsWith("HeaderModifier"))
                        .toList());
    }
}
