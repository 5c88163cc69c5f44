package dev.binnacle.mesh.istio.telemetry;

import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.cel.CelExpression;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.telemetry.Telemetry.Logging;
import dev.binnacle.mesh.istio.telemetry.Telemetry.Tracing;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.Optional;
import java.util.Set;

/** Reads what a Telemetry says about single requests: access logs and spans. */
final class TracingReader {
    private static final Shape SELECTOR =
            Shape.named("Selector").with("mode", choice("CLIENT_AND_SERVER", "CLIENT", "SERVER"));
    private static final Shape FILTER =
            Shape.named("Filter").with("expression", FieldType.LINE, "an expression of CEL");

    static final Shape LOGGING = Shape.named("AccessLogging")
            .with("match", section(SELECTOR))
            .with("providers", listOf(TelemetryReader.PROVIDER))
            .with("disabled", FLAG)
            .with("filter", section(FILTER), "for the providers that are named beside it");
    static final Shape TRACING = Shape.named("Tracing")
            .with("match", section(SELECTOR))
            .with("providers", listOf(TelemetryReader.PROVIDER), "the first counts")
            .with("randomSamplingPercentage", new FieldType.Decimal(0, 100))
            .with("disableSpanReporting", FLAG)
            .with("customTags", new FieldType.MapOf(section(TagsReader.SHAPE)))
            .with("useRequestIdForTraceSampling", FLAG)
            .reject("disableContextPropagation", "what is called always learns of the trace here")
            .ignore("enableIstioTags", "spans tell the workload as OpenTelemetry does");

    private final Problems problems;

    TracingReader(Problems problems) {
        this.problems = problems;
    }

    Logging logging(Section written) {
        var filter = written.section("filter").filter(f -> f.has("expression"));
        return new Logging(
                sides(written),
                TelemetryReader.providers(written),
                written.flag("disabled").orElse(false),
                filter.flatMap(f -> expression(f.text("expression").orElse(""), f.placeOf("expression"))));
    }

    private Optional<String> expression(String text, Place at) {
        var read = CelExpression.read(text);
        read.problem()
                .ifPresent(problem -> problems.add(
                        DiagnosticCode.BAD_EXPRESSION,
                        at,
                        "\"" + text + "\" cannot decide what is logged: " + problem,
                        "Use CEL over request, response, source, destination, connection and upstream"));
        return read.expression().map(CelExpression::text);
    }

    Tracing tracing(Section written) {
        return new Tracing(
                sides(written),
                TelemetryReader.providers(written),
                written.decimal("randomSamplingPercentage"),
                written.flag("disableSpanReporting"),
                written.section("customTags").map(tags -> new TagsReader(problems).read(written)),
                written.flag("useRequestIdForTraceSampling"));
    }

    private static Set<Side> sides(Section written) {
        return Side.of(written.section("match").flatMap(m -> m.text("mode")).orElse(""));
    }
}
