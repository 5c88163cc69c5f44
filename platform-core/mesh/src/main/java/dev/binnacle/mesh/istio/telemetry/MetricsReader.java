package dev.binnacle.mesh.istio.telemetry;

import static dev.binnacle.mesh.schema.FieldType.DURATION_OR_ZERO;
import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.cel.CelExpression;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Metric;
import dev.binnacle.mesh.istio.telemetry.Telemetry.Metrics;
import dev.binnacle.mesh.istio.telemetry.Telemetry.Override;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Named;
import dev.binnacle.mesh.schema.Shape;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Reads what a Telemetry says about metrics. */
final class MetricsReader {
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_.-]*");

    private static final Shape TAG = Shape.named("TagOverride")
            .with("operation", choice("UPSERT", "REMOVE"))
            .with("value", LINE, "an expression of CEL; what a label costs: docs/telemetry.md");
    private static final Shape SELECTOR = Shape.named("MetricSelector")
            .with(
                    "metric",
                    choice(Stream.concat(
                                    Stream.of("ALL_METRICS"),
                                    Stream.of(Metric.values()).map(Metric::name))
                            .toArray(String[]::new)),
                    "the two of gRPC messages are not measured here")
            .reject("customMetric", "a sidecar measures Istio's standard metrics only")
            .with("mode", choice("CLIENT_AND_SERVER", "CLIENT", "SERVER"));
    private static final Shape OVERRIDES = Shape.named("MetricsOverrides")
            .with("match", section(SELECTOR))
            .with("disabled", FLAG)
            .with("tagOverrides", new FieldType.MapOf(section(TAG)));

    static final Shape SHAPE = Shape.named("Metrics")
            .with("providers", listOf(TelemetryReader.PROVIDER))
            .with("overrides", listOf(OVERRIDES))
            .with(
                    "reportingInterval",
                    DURATION_OR_ZERO,
                    "bytes of TCP are reported when a connection ends, whatever it says");

    private final Problems problems;

    MetricsReader(Problems problems) {
        this.problems = problems;
    }

    List<Metrics> read(Stream<Section> metrics) {
        return metrics.map(each -> new Metrics(
                        TelemetryReader.providers(each),
                        each.sections("overrides").stream().map(this::override).toList()))
                .toList();
    }

    private Override override(Section written) {
        var match = written.section("match");
        var metric = match.flatMap(m -> m.text("metric"))
                .filter(name -> !name.equals("ALL_METRICS"))
                .map(Metric::valueOf);
        metric.filter(m -> m.name().startsWith("GRPC_"))
                .ifPresent(m -> notMeasured(m, match.get().placeOf("metric")));
        return new Override(
                Side.of(match.flatMap(m -> m.text("mode")).orElse("")),
                metric,
                written.flag("disabled"),
                tags(written));
    }

    private void notMeasured(Metric metric, Place at) {
        problems.add(
                DiagnosticCode.METRIC_NOT_MEASURED,
                at,
                metric.series() + " is not measured here: this Envoy counts no gRPC messages",
                "Expect it in a cluster only");
    }

    private Map<String, Optional<String>> tags(Section written) {
        var result = new TreeMap<String, Optional<String>>();
        written.named("tagOverrides").forEach(tag -> result.put(tag.name(), value(tag)));
        return Collections.unmodifiableMap(result);
    }

    private Optional<String> value(Named tag) {
        var written = tag.section();
        boolean removes = written.text("operation").orElse("").equals("REMOVE");
        String value = written.text("value").orElse("");
        if (!LABEL.matches(tag.name())) {
            bad(
                    written.place(),
                    "\"" + tag.name() + "\" is not a name that a label can have",
                    "Use letters, digits and _");
        }
        if (removes && !value.isEmpty()) {
            bad(written.placeOf("value"), "a tag that is removed has no value", "Remove the value, or the operation");
        }
        if (!removes && value.isEmpty()) {
            bad(
                    written.place(),
                    "the tag " + tag.name() + " has no value",
                    "Write an expression, or operation: REMOVE");
        }
        return removes || value.isEmpty() ? Optional.empty() : expression(tag.name(), value, written.placeOf("value"));
    }

    private Optional<String> expression(String label, String value, Place at) {
        var read = CelExpression.read(value);
        read.problem()
                .ifPresent(problem -> problems.add(
                        DiagnosticCode.BAD_EXPRESSION,
                        at,
                        "\"" + value + "\" cannot be the value of " + label + ": " + problem,
                        "Use CEL over request, response, source, destination, connection and upstream"));
        read.expression()
                .flatMap(CelExpression::unbounded)
                .ifPresent(what -> problems.add(
                        DiagnosticCode.UNBOUNDED_TAG,
                        at,
                        what + " has as many values as callers like, and each makes new series of every metric",
                        "Name the values that count: " + what + " == 'gold' ? 'gold' : 'other'"));
        return read.expression().map(CelExpression::text);
    }

    private void bad(Place at, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, at, message, fix);
    }
}
