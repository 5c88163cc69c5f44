package dev.binnacle.mesh.istio.telemetry;

import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.PolicyTarget;
import dev.binnacle.mesh.istio.PolicyTargetReader;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads Telemetry resources. */
public final class TelemetryReader {
    static final Shape PROVIDER = Shape.named("ProviderRef").require("name", WORDS);

    private static final Shape SPEC = PolicyTargetReader.inOwn(Shape.named("TelemetrySpec"))
            .with("metrics", listOf(MetricsReader.SHAPE))
            .with("accessLogging", listOf(TracingReader.LOGGING))
            .with("tracing", listOf(TracingReader.TRACING));

    /** How the kind is read. */
    public static final ResourceKind KIND = new ResourceKind(
            "Telemetry",
            List.of("telemetry.istio.io/v1", "telemetry.istio.io/v1alpha1"),
            Shape.named("Telemetry").with("spec", section(SPEC)),
            TelemetryReader::read);

    private TelemetryReader() {}

    private static Optional<Telemetry> read(Header header, Section document, Problems problems) {
        var spec = document.section("spec");
        var requests = new TracingReader(problems);
        var everyone = new PolicyTarget(Map.of(), List.of(), header.place());
        return Optional.of(new Telemetry(
                header.ref(),
                header.origin(),
                spec.map(s -> PolicyTargetReader.read(s, problems)).orElse(everyone),
                new MetricsReader(problems).read(sections(spec, "metrics")),
                sections(spec, "accessLogging").map(requests::logging).toList(),
                sections(spec, "tracing").map(requests::tracing).toList()));
    }

    private static Stream<Section> sections(Optional<Section> spec, String field) {
        return spec.stream().flatMap(s -> s.sections(field).stream());
    }

    static List<Placed> providers(Section section) {
        return section.sections("providers").stream()
                .flatMap(provider -> provider.placed("name").stream())
                .toList();
    }
}
