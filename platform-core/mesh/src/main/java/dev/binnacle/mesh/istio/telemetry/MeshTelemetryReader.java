package dev.binnacle.mesh.istio.telemetry;

import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what the mesh configuration says about telemetry. */
public final class MeshTelemetryReader {
    private static final String LATER = "not built yet";

    private static final String SPANS = "nothing here understands it; spans go to an opentelemetry provider";
    private static final String LOGS = "nothing here receives it; access logs go to an envoyFileAccessLog provider";
    private static final String AUTHZ = "nothing here is asked about requests; policies decide by themselves";

    private static final Shape PROVIDER = Shape.named("ExtensionProvider")
            .require("name", WORDS)
            .with("prometheus", section(Shape.named("PrometheusMetricsProvider")))
            .reject("envoyFileAccessLog", LATER)
            .reject("opentelemetry", LATER)
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
    private static final Shape DEFAULTS = Shape.named("DefaultProviders")
            .with("metrics", listOf(WORDS), "`prometheus` when nothing is said, as Istio's installation has it")
            .reject("accessLogging", LATER)
            .reject("tracing", LATER);

    private MeshTelemetryReader() {}

    /** Returns {@code mesh} with the fields about telemetry. */
    public static Shape addTo(Shape mesh) {
        return mesh.with("extensionProviders", listOf(PROVIDER)).with("defaultProviders", section(DEFAULTS));
    }

    /** Returns what a mesh configuration says. */
    public static MeshTelemetry read(Section mesh) {
        var own = mesh.sections("extensionProviders").stream()
                .flatMap(section -> provider(section).stream())
                .toList();
        var defaults = mesh.section("defaultProviders");
        return new MeshTelemetry(withBuiltIn(own), names(defaults, "metrics").orElse(MeshTelemetry.DEFAULT.metrics()));
    }

    /** What Istio has built in is there unless the configuration has something else by that name. */
    private static List<Provider> withBuiltIn(List<Provider> own) {
        var all = new ArrayList<>(own);
        MeshTelemetry.DEFAULT.providers().stream()
                .filter(provider -> own.stream()
                        .noneMatch(
                                one -> one.name().text().equals(provider.name().text())))
                .forEach(all::add);
        return all;
    }

    private static Optional<Provider> provider(Section written) {
        return written.placed("name")
                .flatMap(name -> Stream.<Optional<Provider>>of(
                                written.section("prometheus").map(p -> new Provider.Prometheus(name)))
                        .flatMap(Optional::stream)
                        .findFirst());
    }

    private static Optional<List<Placed>> names(Optional<Section> defaults, String what) {
        return defaults.filter(section -> section.has(what)).map(section -> section.texts(what));
    }
}
