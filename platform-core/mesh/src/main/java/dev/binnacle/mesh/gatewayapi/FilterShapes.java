package dev.binnacle.mesh.gatewayapi;

import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.NAMESPACE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.SUBDOMAIN;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Shape;

/** The fields of an HTTPRoute's filters. */
final class FilterShapes {
    private static final FieldType NUMBER = new FieldType.Whole(0, Integer.MAX_VALUE);
    private static final FieldType COUNT = new FieldType.Whole(1, Integer.MAX_VALUE);

    private static final Shape HEADER = Shape.named("HTTPHeader")
            .require("name", WORDS)
            .require("value", WORDS)
            .rule(Limits.characters("value", 4096))
            .rule(HeaderRules::check);
    private static final Shape HEADERS = Shape.named("HTTPHeaderFilter")
            .with("set", listOf(HEADER))
            .with("add", listOf(HEADER))
            .with("remove", listOf(WORDS))
            .rule(Limits.items("set", 0, 16))
            .rule(Limits.items("add", 0, 16))
            .rule(Limits.items("remove", 0, 16))
            .rule(HeaderRules::checkRemoved);
    private static final Shape PATH = Shape.named("HTTPPathModifier")
            .require("type", choice("ReplaceFullPath", "ReplacePrefixMatch"))
            .with("replaceFullPath", LINE)
            .with("replacePrefixMatch", LINE, "with one condition on the path, a `PathPrefix`")
            .rule(Limits.characters("replaceFullPath", 1024))
            .rule(Limits.characters("replacePrefixMatch", 1024))
            .rule(FilterRules::checkPath);
    private static final Shape REDIRECT = Shape.named("HTTPRequestRedirectFilter")
            .with("scheme", choice("http", "https"))
            .with("hostname", SUBDOMAIN)
            .with("path", section(PATH))
            .with("port", PORT)
            .with("statusCode", new FieldType.Whole(301, 308), "301, 302, 303, 307 or 308; 302 if missing")
            .rule(FilterRules::checkRedirect);
    private static final Shape REWRITE =
            Shape.named("HTTPURLRewriteFilter").with("hostname", SUBDOMAIN).with("path", section(PATH));
    private static final Shape FRACTION = Shape.named("Fraction")
            .require("numerator", NUMBER)
            .with("denominator", COUNT, "100 if missing")
            .rule(FilterRules::checkFraction);
    private static final Shape BACKEND = Shape.named("BackendObjectReference")
            .with("group", LINE)
            .with("kind", WORDS)
            .require("name", WORDS)
            .with("namespace", NAMESPACE, "another one than the route's where a ReferenceGrant permits it")
            .with("port", PORT, "Services need it")
            .rule(BackendRules::check);
    private static final Shape MIRROR = Shape.named("HTTPRequestMirrorFilter")
            .require("backendRef", section(BACKEND))
            .with("percent", new FieldType.Whole(0, 100))
            .with("fraction", section(FRACTION))
            .oneOf("percent", "fraction");
    private static final Shape CORS = Shape.named("HTTPCORSFilter")
            .with("allowOrigins", listOf(WORDS), "`*` may stand for the whole, or for a part")
            .with("allowCredentials", FLAG)
            .with(
                    "allowMethods",
                    listOf(choice("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "*")))
            .with("allowHeaders", listOf(WORDS))
            .with("exposeHeaders", listOf(WORDS))
            .with("maxAge", COUNT, "in seconds; 5 if missing")
            .rule(Limits.items("allowOrigins", 0, 64))
            .rule(Limits.items("allowMethods", 0, 9))
            .rule(Limits.items("allowHeaders", 0, 64))
            .rule(Limits.items("exposeHeaders", 0, 64))
            .rule(CorsRules::check);

    static final Shape FILTER = Shape.named("HTTPRouteFilter")
            .require("type", choice(FilterRules.FIELDS.keySet().toArray(String[]::new)))
            .with("requestHeaderModifier", section(HEADERS))
            .with("responseHeaderModifier", section(HEADERS))
            .with("requestMirror", section(MIRROR))
            .with("requestRedirect", section(REDIRECT))
            .with("urlRewrite", section(REWRITE))
            .with("cors", section(CORS))
            .reject("extensionRef", "Istio has no extensions of filters")
            .rule(FilterRules::check);

    private FilterShapes() {}
}
