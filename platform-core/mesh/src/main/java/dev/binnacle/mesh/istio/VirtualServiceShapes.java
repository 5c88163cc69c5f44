package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.DURATION;
import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.GATEWAY;
import static dev.binnacle.mesh.schema.FieldType.HOST;
import static dev.binnacle.mesh.schema.FieldType.HOST_OR_ADDRESS;
import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.NAME;
import static dev.binnacle.mesh.schema.FieldType.NAMESPACE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.REGEX;
import static dev.binnacle.mesh.schema.FieldType.REGEX_OR_STAR;
import static dev.binnacle.mesh.schema.FieldType.SUBSET;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Shape;

/** The fields of a VirtualService. */
final class VirtualServiceShapes {
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
    private static final FieldType WITHOUT = new FieldType.MapOf(section(Shape.named("StringMatch")
            .with("exact", LINE)
            .with("prefix", WORDS)
            .with("regex", REGEX_OR_STAR, "RE2, over the whole value")
            .oneOf("exact", "prefix", "regex")));
    private static final Shape MATCH = Shape.named("HTTPMatchRequest")
            .with("name", LINE)
            .with("uri", section(URI_MATCH))
            .with("ignoreUriCase", FLAG, "for `exact` and `prefix`")
            .with("scheme", section(STRING_MATCH))
            .with("method", section(STRING_MATCH))
            .with("authority", section(STRING_MATCH))
            .with("headers", MATCHES, "an empty condition asks for presence")
            .with("withoutHeaders", WITHOUT, "the regular expression `*` asks for absence")
            .with("queryParams", MATCHES)
            .with("port", PORT)
            .with("sourceLabels", LABELS)
            .with("sourceNamespace", NAMESPACE)
            .with("gateways", listOf(GATEWAY))
            .ignore("statPrefix", "Istio's standard metrics have no such statistics");
    private static final Shape PORT_SELECTOR = Shape.named("PortSelector").require("number", PORT);
    static final FieldType WEIGHT = new FieldType.Whole(0, Integer.MAX_VALUE);
    static final Shape DESTINATION = Shape.named("Destination")
            .require("host", HOST)
            .with("subset", SUBSET)
            .with("port", section(PORT_SELECTOR));
    private static final Shape OPERATIONS = Shape.named("HeaderOperations")
            .with("set", LINES)
            .with("add", LINES)
            .with("remove", listOf(LINE));
    private static final Shape HEADERS =
            Shape.named("Headers").with("request", section(OPERATIONS)).with("response", section(OPERATIONS));
    private static final Shape ROUTE = Shape.named("HTTPRouteDestination")
            .require("destination", section(DESTINATION))
            .with("weight", WEIGHT)
            .with("headers", section(HEADERS));
    private static final Shape REGEX_REWRITE =
            Shape.named("RegexRewrite").require("match", REGEX).require("rewrite", LINE);
    private static final Shape REWRITE = Shape.named("HTTPRewrite")
            .with("uri", WORDS)
            .with("authority", WORDS)
            .with("uriRegexRewrite", section(REGEX_REWRITE))
            .oneOf("uri", "uriRegexRewrite");
    private static final Shape MIRROR = Shape.named("HTTPMirrorPolicy")
            .require("destination", section(DESTINATION))
            .with("percentage", section(ShareReader.PERCENTAGE), "100 when missing");
    private static final Shape DELEGATE =
            Shape.named("Delegate").require("name", NAME).with("namespace", NAMESPACE);
    private static final Shape HTTP_ROUTE = Shape.named("HTTPRoute")
            .with("name", LINE)
            .with("match", listOf(MATCH))
            .with("route", listOf(ROUTE))
            .with("redirect", section(AnswerReader.REDIRECT))
            .with("directResponse", section(AnswerReader.DIRECT_RESPONSE))
            .with("rewrite", section(REWRITE))
            .with("timeout", DURATION)
            .with("retries", section(RetriesReader.SHAPE))
            .with("headers", section(HEADERS))
            .with("fault", section(FaultReader.SHAPE))
            .with("mirror", section(DESTINATION))
            .with("mirrors", listOf(MIRROR))
            .with("mirrorPercentage", section(ShareReader.PERCENTAGE), "of `mirror`; 100 when missing")
            .with("mirrorPercent", new FieldType.Whole(0, 100), "deprecated: use `mirrorPercentage`")
            .reject("mirror_percent", "use `mirrorPercentage`")
            .with("corsPolicy", section(CorsReader.SHAPE))
            .with("delegate", section(DELEGATE))
            .oneOf("route", "redirect", "directResponse")
            .oneOf("route", "delegate")
            .oneOf("redirect", "delegate")
            .oneOf("rewrite", "redirect")
            .oneOf("rewrite", "directResponse")
            .oneOf("fault", "redirect")
            .oneOf("fault", "directResponse");

    static final Shape SPEC = Shape.named("VirtualServiceSpec")
            .with("hosts", listOf(HOST_OR_ADDRESS), "none in one that others delegate to")
            .with("gateways", listOf(GATEWAY))
            .with("http", listOf(HTTP_ROUTE))
            .with("tcp", listOf(ConnectionRuleReader.TCP))
            .with("tls", listOf(ConnectionRuleReader.TLS))
            .with("exportTo", listOf(LINE));

    private VirtualServiceShapes() {}
}
