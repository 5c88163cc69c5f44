package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.DURATION;
import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.GATEWAY;
import static dev.binnacle.mesh.schema.FieldType.HOST;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.NAME;
import static dev.binnacle.mesh.schema.FieldType.NAMESPACE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.REGEX;
import static dev.binnacle.mesh.schema.FieldType.TEXT;
import static dev.binnacle.mesh.schema.FieldType.TEXTS;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Shape;

/** The fields of a VirtualService. */
final class VirtualServiceShapes {
    private static final String LATER = "not built yet";

    private static final Shape STRING_MATCH = Shape.named("StringMatch")
            .with("exact", LINE)
            .with("prefix", WORDS)
            .with("regex", REGEX, "RE2, over the whole value")
            .oneOf("exact", "prefix", "regex");
    private static final Shape URI_MATCH = Shape.named("StringMatch")
            .with("exact", LINE)
            .with("prefix", LINE)
            .with("regex", REGEX, "RE2, over the whole value")
            .oneOf("exact", "prefix", "regex");
    private static final FieldType LINES = new FieldType.MapOf(LINE);
    private static final FieldType MATCHES = new FieldType.MapOf(section(STRING_MATCH));
    private static final Shape MATCH = Shape.named("HTTPMatchRequest")
            .with("name", LINE)
            .with("uri", section(URI_MATCH))
            .with("ignoreUriCase", FLAG, "for `exact` and `prefix`")
            .with("scheme", section(STRING_MATCH))
            .with("method", section(STRING_MATCH))
            .with("authority", section(STRING_MATCH))
            .with("headers", MATCHES, "an empty condition asks for presence")
            .with("withoutHeaders", MATCHES)
            .with("queryParams", MATCHES)
            .with("port", PORT)
            .with("sourceLabels", TEXTS)
            .with("sourceNamespace", NAMESPACE)
            .with("gateways", listOf(GATEWAY))
            .ignore("statPrefix", "Istio's standard metrics have no such statistics");
    private static final Shape PORT_SELECTOR = Shape.named("PortSelector").require("number", PORT);
    private static final Shape DESTINATION = Shape.named("Destination")
            .require("host", HOST)
            .with("subset", NAME)
            .with("port", section(PORT_SELECTOR));
    private static final Shape OPERATIONS = Shape.named("HeaderOperations")
            .with("set", LINES)
            .with("add", LINES)
            .with("remove", listOf(LINE));
    private static final Shape HEADERS =
            Shape.named("Headers").with("request", section(OPERATIONS)).with("response", section(OPERATIONS));
    private static final Shape ROUTE = Shape.named("HTTPRouteDestination")
            .require("destination", section(DESTINATION))
            .with("weight", new FieldType.Whole(0, Integer.MAX_VALUE))
            .with("headers", section(HEADERS));
    private static final Shape REDIRECT = Shape.named("HTTPRedirect")
            .with("uri", WORDS)
            .with("authority", WORDS)
            .with("port", PORT)
            .with("scheme", choice("http", "https"))
            .with("redirectCode", new FieldType.Whole(300, 399), "301, 302, 303, 307 or 308")
            .reject("derivePort", LATER);
    private static final Shape BODY =
            Shape.named("HTTPBody").with("string", TEXT).reject("bytes", "use `string`");
    private static final Shape DIRECT_RESPONSE = Shape.named("HTTPDirectResponse")
            .require("status", new FieldType.Whole(200, 599))
            .with("body", section(BODY), "at most 262144 characters");
    private static final Shape REGEX_REWRITE =
            Shape.named("RegexRewrite").require("match", REGEX).require("rewrite", LINE);
    private static final Shape REWRITE = Shape.named("HTTPRewrite")
            .with("uri", WORDS)
            .with("authority", WORDS)
            .with("uriRegexRewrite", section(REGEX_REWRITE))
            .oneOf("uri", "uriRegexRewrite");
    private static final Shape RETRIES = Shape.named("HTTPRetry")
            .with("attempts", new FieldType.Whole(0, 1000))
            .with("perTryTimeout", DURATION)
            .with("retryOn", LINE)
            .with("backoff", DURATION)
            .ignore("retryRemoteLocalities", "there is one locality")
            .ignore("retryIgnorePreviousHosts", "another try always prefers another pod");
    private static final Shape HTTP_ROUTE = Shape.named("HTTPRoute")
            .with("name", LINE)
            .with("match", listOf(MATCH))
            .with("route", listOf(ROUTE))
            .with("redirect", section(REDIRECT))
            .with("directResponse", section(DIRECT_RESPONSE))
            .with("rewrite", section(REWRITE))
            .with("timeout", DURATION)
            .with("retries", section(RETRIES))
            .with("headers", section(HEADERS))
            .reject("fault", "fault injection is " + LATER)
            .reject("mirror", "mirroring is " + LATER)
            .reject("mirrors", "mirroring is " + LATER)
            .reject("mirrorPercent", "mirroring is " + LATER)
            .reject("mirrorPercentage", "mirroring is " + LATER)
            .reject("corsPolicy", "CORS is " + LATER)
            .reject("delegate", "delegation is " + LATER)
            .oneOf("route", "redirect", "directResponse", "delegate")
            .oneOf("rewrite", "redirect")
            .oneOf("rewrite", "directResponse");

    static final Shape SPEC = Shape.named("VirtualServiceSpec")
            .require("hosts", listOf(HOST))
            .with("gateways", listOf(GATEWAY))
            .with("http", listOf(HTTP_ROUTE))
            .reject("tls", "routing by SNI is " + LATER)
            .reject("tcp", "TCP routing rules are " + LATER + "; TCP services work without")
            .with("exportTo", listOf(LINE));

    private VirtualServiceShapes() {}
}
