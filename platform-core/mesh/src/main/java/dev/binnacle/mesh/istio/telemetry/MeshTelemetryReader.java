package dev.binnacle.mesh.istio.telemetry;

import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.TEXT;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Telemetry.LogFormat;
import dev.binnacle.mesh.istio.telemetry.MeshTelemetry.Spans;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.yaml.YamlNode;
import dev.binnacle.mesh.yaml.YamlParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what the mesh configuration says about telemetry. */
public final class MeshTelemetryReader {
    private static final String AT_START = "an Envoy's metrics are chosen when it starts, the same for all here";

    private static final Shape DEFAULTS = Shape.named("DefaultProviders")
            .with("metrics", listOf(WORDS), "`prometheus` when nothing is said, as Istio's installation has it")
            .with("accessLogging", listOf(WORDS))
            .with("tracing", listOf(WORDS), "the first counts");
    private static final Shape TRACING = Shape.named("Tracing")
            .with("sampling", new FieldType.Decimal(0, 100))
            .with("customTags", new FieldType.MapOf(section(TagsReader.SHAPE)))
            .with("maxPathTagLength", new FieldType.Whole(0, 65535))
            .ignore("enableIstioTags", "spans tell the workload as OpenTelemetry does")
            .reject("zipkin", "name an opentelemetry provider")
            .reject("lightstep", "name an opentelemetry provider")
            .reject("datadog", "name an opentelemetry provider")
            .reject("stackdriver", "name an opentelemetry provider")
            .reject("openCensusAgent", "name an opentelemetry provider")
            .reject("tlsSettings", "name an opentelemetry provider");
    private static final Shape PROXY = Shape.named("ProxyConfig")
            .with("tracing", section(TRACING))
            .ignore("proxyStatsMatcher", AT_START)
            .ignore("extraStatTags", "tags need no announcement")
            .clusterOnly(
                    "concurrency",
                    "discoveryAddress",
                    "drainDuration",
                    "holdApplicationUntilProxyStarts",
                    "image",
                    "interceptionMode",
                    "meshId",
                    "proxyMetadata",
                    "terminationDrainDuration",
                    "tracingServiceName");

    private final Problems problems;

    private MeshTelemetryReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns {@code mesh} with the fields about telemetry. */
    public static Shape addTo(Shape mesh) {
        return mesh.with("extensionProviders", listOf(ProvidersReader.SHAPE))
                .with("defaultProviders", section(DEFAULTS))
                .with("accessLogFile", LINE, "whatever it is: `./binnacle logs --access` shows it")
                .with("accessLogFormat", TEXT)
                .with("accessLogEncoding", choice("TEXT", "JSON"))
                .with("enableTracing", FLAG, "without a provider nobody is told, as in Istio")
                .with("defaultConfig", section(PROXY));
    }

    /** Returns what a mesh configuration says. */
    public static MeshTelemetry read(Section mesh, Problems problems) {
        return new MeshTelemetryReader(problems).read(mesh);
    }

    private MeshTelemetry read(Section mesh) {
        var log = new Provider.FileLog(MeshTelemetry.named("envoy"), format(mesh), false);
        var defaults = mesh.section("defaultProviders");
        return new MeshTelemetry(
                providers(mesh, log),
                names(defaults, "metrics").orElse(MeshTelemetry.DEFAULT.metrics()),
                names(defaults, "accessLogging").orElse(List.of()),
                names(defaults, "tracing").orElse(List.of()),
                mesh.text("accessLogFile").filter(file -> !file.isEmpty()).map(file -> log),
                spans(mesh));
    }

    /** What Istio has built in is there unless the configuration has something else by that name. */
    private List<Provider> providers(Section mesh, Provider.FileLog log) {
        var reader = new ProvidersReader(problems, log);
        var all = new ArrayList<>(mesh.sections("extensionProviders").stream()
                .flatMap(section -> reader.read(section).stream())
                .toList());
        for (var builtIn : MeshTelemetry.builtIn(log)) {
            if (all.stream()
                    .noneMatch(one -> one.name().text().equals(builtIn.name().text()))) {
                all.add(builtIn);
            }
        }
        return all;
    }

    private static Optional<List<Placed>> names(Optional<Section> defaults, String what) {
        return defaults.filter(section -> section.has(what)).map(section -> section.texts(what));
    }

    private LogFormat format(Section mesh) {
        String written = mesh.text("accessLogFormat").orElse("");
        boolean json = mesh.text("accessLogEncoding").filter("JSON"::equals).isPresent();
        if (!json || written.isEmpty()) {
            checkFormat(mesh, written);
            return json ? LogFormats.JSON : LogFormats.text(written);
        }
        var parsed = YamlParser.parse("accessLogFormat", written).value();
        if (parsed.size() == 1 && parsed.getFirst() instanceof YamlNode.Mapping fields) {
            var format = PlainYaml.map(fields);
            checkFormat(mesh, format);
            return new LogFormat.Json(format);
        }
        checkFormat(mesh, Map.of("", "%"));
        return LogFormats.JSON;
    }

    private void checkFormat(Section mesh, Object format) {
        LogFormats.problem(format)
                .ifPresent(problem -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        mesh.placeOf("accessLogFormat"),
                        "not a format that Envoy accepts: " + problem,
                        "Correct the operator; a percent sign by itself is written %%"));
    }

    private Spans spans(Section mesh) {
        var tracing = mesh.section("defaultConfig").flatMap(config -> config.section("tracing"));
        return new Spans(
                tracing.flatMap(t -> t.decimal("sampling"))
                        .filter(percent -> percent != 0)
                        .orElse(Spans.DEFAULT.sampling()),
                tracing.map(t -> new TagsReader(problems).read(t)).orElse(Map.of()),
                tracing.flatMap(t -> t.number("maxPathTagLength")).filter(length -> length != 0));
    }
}
