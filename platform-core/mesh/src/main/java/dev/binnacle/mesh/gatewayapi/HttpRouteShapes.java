package dev.binnacle.mesh.gatewayapi;

import static dev.binnacle.mesh.schema.FieldType.DURATION_OR_ZERO;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.NAMESPACE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.SUBDOMAIN;
import static dev.binnacle.mesh.schema.FieldType.WILDCARD_SUBDOMAIN;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Shape;

/** The fields of an HTTPRoute. */
final class HttpRouteShapes {
    private static final String EXPERIMENTAL =
            "it is of the experimental channel, which clusters with the standard one refuse";
    private static final int MOST_WEIGHT = 1_000_000;

    private static final Shape PARENT = Shape.named("ParentReference")
            .with("group", LINE)
            .with("kind", WORDS, "`Gateway`; `Service`, with the group \"\", for requests within the mesh")
            .require("name", WORDS)
            .with("namespace", NAMESPACE)
            .with("sectionName", SUBDOMAIN, "the name of a listener")
            .with("port", PORT);
    private static final Shape PATH = Shape.named("HTTPPathMatch")
            .with("type", choice("PathPrefix", "Exact", "RegularExpression"), "`PathPrefix` if missing")
            .with("value", LINE, "`/` if missing")
            .rule(Limits.characters("value", 1024))
            .rule(ConditionRules::checkPath);
    private static final FieldType HOW = choice("Exact", "RegularExpression");
    private static final Shape HEADER = Shape.named("HTTPHeaderMatch")
            .require("name", WORDS)
            .require("value", WORDS)
            .with("type", HOW, "`Exact` if missing")
            .rule(Limits.characters("value", 4096))
            .rule(ConditionRules::checkText);
    private static final Shape QUERY = Shape.named("HTTPQueryParamMatch")
            .require("name", WORDS)
            .require("value", WORDS)
            .with("type", HOW, "`Exact` if missing")
            .rule(Limits.characters("value", 1024))
            .rule(ConditionRules::checkText);
    private static final Shape MATCH = Shape.named("HTTPRouteMatch")
            .with("path", section(PATH))
            .with("headers", listOf(HEADER))
            .with("queryParams", listOf(QUERY))
            .with("method", choice("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"))
            .rule(Limits.items("headers", 0, 16))
            .rule(Limits.items("queryParams", 0, 16))
            .rule(ConditionRules::checkDistinct);
    private static final Shape BACKEND = Shape.named("HTTPBackendRef")
            .with("group", LINE)
            .with(
                    "kind",
                    WORDS,
                    "`Service`; `Hostname`, with the group `networking.istio.io`, for any host of the mesh")
            .require("name", WORDS)
            .with("namespace", NAMESPACE, "another one than the route's where a ReferenceGrant permits it")
            .with("port", PORT, "Services need it")
            .with("weight", new FieldType.Whole(0, MOST_WEIGHT), "1 if missing")
            .with("filters", listOf(FilterShapes.FILTER), "header modifiers only")
            .rule(BackendRules::check);
    private static final Shape TIMEOUTS = Shape.named("HTTPRouteTimeouts")
            .with("request", DURATION_OR_ZERO, "zero for none")
            .with("backendRequest", DURATION_OR_ZERO, "takes the place of `request`, as in Istio")
            .rule(BackendRules::checkTimeouts);
    private static final Shape RULE = Shape.named("HTTPRouteRule")
            .with("name", SUBDOMAIN)
            .with("matches", listOf(MATCH), "every request if missing")
            .with("filters", listOf(FilterShapes.FILTER))
            .with("backendRefs", listOf(BACKEND), "without one requests get 500, unless a filter redirects them")
            .with("timeouts", section(TIMEOUTS))
            .reject("retry", EXPERIMENTAL)
            .reject("sessionPersistence", EXPERIMENTAL)
            .rule(Limits.items("matches", 0, 64))
            .rule(Limits.items("filters", 0, 16))
            .rule(Limits.items("backendRefs", 0, 16))
            .rule(FilterRules::checkRule);
    static final Shape SPEC = Shape.named("HTTPRouteSpec")
            .with("parentRefs", listOf(PARENT))
            .with("hostnames", listOf(WILDCARD_SUBDOMAIN), "every one of the parents' if missing")
            .with("rules", listOf(RULE))
            .reject("useDefaultGateways", EXPERIMENTAL)
            .rule(Limits.items("parentRefs", 0, 32))
            .rule(Limits.items("hostnames", 0, 16))
            .rule(Limits.items("rules", 1, 16))
            .rule(ParentRules::check);

    private HttpRouteShapes() {}
}
