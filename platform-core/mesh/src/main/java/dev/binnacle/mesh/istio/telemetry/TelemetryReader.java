package dev.binnacle.mesh.istio.telemetry;

import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.telemetry.Telemetry.Audience;
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

    private static final Shape SELECTOR = Shape.named("WorkloadSelector").with("matchLabels", LABELS);
    private static final Shape TARGET = Shape.named("PolicyTargetReference")
            .with("group", choice("gateway.networking.k8s.io"))
            .with("kind", choice("Gateway"), "there are no waypoints here")
            .require("name", WORDS)
            .with("namespace", LINE, "the resource's own");
    private static final Shape SPEC = Shape.named("TelemetrySpec")
            .with("selector", section(SELECTOR))
            .with("targetRef", section(TARGET))
            .with("targetRefs", listOf(TARGET))
            .with("metrics", listOf(MetricsReader.SHAPE))
            .with("accessLogging", listOf(TracingReader.LOGGING))
            .with("tracing", listOf(TracingReader.TRACING))
            .oneOf("selector", "targetRef", "targetRefs");

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
        var nobody = new Audience(Map.of(), List.of(), header.place());
        return Optional.of(new Telemetry(
                header.ref(),
                header.origin(),
                spec.map(TelemetryReader::audience).orElse(nobody),
                new MetricsReader(problems).read(sections(spec, "metrics")),
                sections(spec, "accessLogging").map(requests::logging).toList(),
                sections(spec, "tracing").map(requests::tracing).toList()));
    }

    private static Stream<Section> sections(Optional<Section> spec, String field) {
        return spec.stream().flatMap(s -> s.sections(field).stream());
    }

    private static Audience audience(Section spec) {
        var targets = Stream.concat(spec.section("targetRef").stream(), spec.sections("targetRefs").stream());
        return new Audience(
                spec.section("selector").map(s -> s.map("matchLabels")).orElse(Map.of()),
                targets.flatMap(target -> target.text("name").stream()).toList(),
                Stream.of("selector", "targetRef", "targetRefs")
                        .filter(spec::has)
                        .findFirst()
                        .map(spec::placeOf)
                        .orElse(spec.place()));
    }

    static List<Placed> providers(Section section) {
        return section.sections("providers").stream()
                .flatMap(provider -> provider.placed("name").stream())
                .toList();
    }
}
