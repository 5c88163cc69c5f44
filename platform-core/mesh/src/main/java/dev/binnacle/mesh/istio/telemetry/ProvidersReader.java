package dev.binnacle.mesh.istio.telemetry;

import static dev.binnacle.mesh.schema.FieldType.ANY;
import static dev.binnacle.mesh.schema.FieldType.DURATION;
import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.TEXT;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Telemetry.LogFormat;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.yaml.YamlNode;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the providers of the mesh configuration. */
final class ProvidersReader {
    private static final String SPANS = "nothing here understands it; spans go to an opentelemetry provider";
    private static final String LOGS = "nothing here receives it; access logs go to an envoyFileAccessLog provider";
    private static final String AUTHZ = "nothing here is asked about requests; policies decide by themselves";
    private static final String SAMPLER = "sampling is a percentage here";

    private static final Shape FORMAT =
            Shape.named("LogFormat").with("text", TEXT).with("labels", ANY).oneOf("text", "labels");
    private static final Shape FILE = Shape.named("EnvoyFileAccessLogProvider")
            .with("path", LINE, "whatever it is: `./binnacle logs --access` shows it")
            .with("logFormat", section(FORMAT))
            .with("omitEmptyValues", FLAG);
    /** How headers are called that tell who may come in. */
    private static final Pattern CREDENTIAL =
            Pattern.compile("(?i)auth|token|secret|password|credential|api-?_?key|cookie");

    private static final Shape HEADER = Shape.named("HttpHeader")
            .require("name", WORDS)
            .with("value", LINE)
            .reject("envName", "it would be istiod's environment");
    private static final Shape HTTP = Shape.named("HttpService")
            .with("path", LINE)
            .with("timeout", DURATION)
            .with("headers", listOf(HEADER));
    private static final Shape GRPC =
            Shape.named("GrpcService").with("timeout", DURATION).with("initialMetadata", listOf(HEADER));
    private static final Shape OTEL = Shape.named("OpenTelemetryTracingProvider")
            .require("service", WORDS)
            .require("port", PORT)
            .with("maxTagLength", new FieldType.Whole(0, 65535))
            .with("http", section(HTTP))
            .with("grpc", section(GRPC))
            .with("serviceAttributeEnrichment", choice("ISTIO_CANONICAL", "OTEL_SEMANTIC_CONVENTIONS"))
            .reject("resourceDetectors", "a sidecar's environment tells nothing about its pod here")
            .reject("dynatraceSampler", SAMPLER)
            .oneOf("http", "grpc");

    static final Shape SHAPE = Shape.named("ExtensionProvider")
            .require("name", WORDS)
            .with("prometheus", section(Shape.named("PrometheusMetricsProvider")))
            .with("envoyFileAccessLog", section(FILE))
            .with("opentelemetry", section(OTEL))
            .reject("zipkin", SPANS)
            .reject("datadog", SPANS)
            .reject("skywalking", SPANS)
            .reject("lightstep", SPANS)
            .reject("opencensus", SPANS)
            .reject("stackdriver", SPANS)
            .reject("envoyOtelAls", LOGS)
            .reject("envoyHttpAls", LOGS)
            .reject("envoyTcpAls", LOGS)
            .reject("envoyExtAuthzHttp", AUTHZ)
            .reject("envoyExtAuthzGrpc", AUTHZ)
            .reject("sds", "certificates come from the instance's own authority and from Secrets")
            .oneOf("prometheus", "envoyFileAccessLog", "opentelemetry");

    private final Problems problems;
    private final Provider.FileLog everyLog;

    /** Takes the log as the rest of the mesh configuration has it: the provider named {@code envoy} writes the same. */
    ProvidersReader(Problems problems, Provider.FileLog everyLog) {
        this.problems = problems;
        this.everyLog = everyLog;
    }

    Optional<Provider> read(Section written) {
        return written.placed("name").flatMap(name -> {
            Optional<Provider> prometheus = written.section("prometheus").map(p -> new Provider.Prometheus(name));
            return prometheus
                    .or(() -> written.section("envoyFileAccessLog").map(file -> log(name, file)))
                    .or(() -> written.section("opentelemetry").flatMap(otel -> openTelemetry(name, otel)));
        });
    }

    private Provider log(Placed name, Section file) {
        boolean omits = file.flag("omitEmptyValues").orElse(false);
        var format = file.section("logFormat");
        if (format.isEmpty() && !omits && name.text().equals(everyLog.name().text())) {
            return new Provider.FileLog(name, everyLog.format(), false);
        }
        return new Provider.FileLog(name, format.map(this::format).orElse(LogFormats.TEXT), omits);
    }

    private LogFormat format(Section format) {
        if (!format.has("labels")) {
            String text = format.text("text").orElse("");
            check(text, format.placeOf("text"));
            return LogFormats.text(text);
        }
        var fields = format.node()
                .get("labels")
                .flatMap(node -> node instanceof YamlNode.Mapping m ? Optional.of(PlainYaml.map(m)) : Optional.empty());
        check(fields.<Object>map(all -> all).orElse("%"), format.placeOf("labels"));
        return fields.filter(all -> !all.isEmpty())
                .<LogFormat>map(LogFormat.Json::new)
                .orElse(LogFormats.JSON);
    }

    private void check(Object format, Place at) {
        LogFormats.problem(format)
                .ifPresent(problem -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        at,
                        "not a format that Envoy accepts: " + problem,
                        "Correct the operator; a percent sign by itself is written %%"));
    }

    private Optional<Provider> openTelemetry(Placed name, Section otel) {
        var http = otel.section("http");
        var by = http.or(() -> otel.section("grpc"));
        var headers = new TreeMap<String, String>();
        by.stream()
                .flatMap(s -> s.sections(http.isPresent() ? "headers" : "initialMetadata").stream())
                .forEach(header -> {
                    warnOfCredential(header);
                    headers.put(
                            header.text("name").orElse(""), header.text("value").orElse(""));
                });
        Map<String, String> sent = Collections.unmodifiableMap(headers);
        return otel.placed("service")
                .flatMap(service -> otel.number("port")
                        .map(port -> new Provider.OpenTelemetry(
                                name,
                                service,
                                port,
                                otel.number("maxTagLength").filter(length -> length != 0),
                                http.map(s -> s.text("path").orElse("")),
                                by.flatMap(s -> s.duration("timeout")),
                                sent,
                                otel.text("serviceAttributeEnrichment")
                                        .filter("OTEL_SEMANTIC_CONVENTIONS"::equals)
                                        .isPresent())));
    }

    private void warnOfCredential(Section header) {
        header.placed("name")
                .filter(name -> CREDENTIAL.matcher(name.text()).find())
                .ifPresent(name -> problems.add(
                        DiagnosticCode.CREDENTIAL_IN_PROVIDER,
                        name.place(),
                        "every proxy's /config_dump shows the value of " + name.text() + ", here and in a cluster",
                        "Send spans to the platform, and let collector-otlp pass them on with this header: settings"
                                + " forward-endpoint and forward-headers"));
    }
}
