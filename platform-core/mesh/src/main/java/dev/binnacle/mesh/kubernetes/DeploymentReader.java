package dev.binnacle.mesh.kubernetes;

import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads Deployments into {@link Workload}s. */
final class DeploymentReader {
    private static final String INJECT = "sidecar.istio.io/inject";
    private static final String TEMPLATES = "inject.istio.io/templates";
    private static final String PROXY = "istio-proxy";

    static final ResourceKind KIND = new ResourceKind(
            "Deployment",
            List.of("apps/v1"),
            Shape.named("Deployment").require("spec", section(DeploymentShapes.SPEC)),
            (header, document, problems) ->
                    document.section("spec").flatMap(spec -> new DeploymentReader(header, problems).read(spec)));

    private final Header header;
    /** Linux allows 255 bytes; more than the names is the pod's number and what the file is. */
    private static final int LONGEST_NAMES = 220;

    private final Problems problems;

    private DeploymentReader(Header header, Problems problems) {
        this.header = header;
        this.problems = problems;
    }

    private Optional<Workload> read(Section spec) {
        var template = spec.section("template").orElseThrow();
        var pod = template.section("spec").orElseThrow();
        var metadata = template.section("metadata");
        Map<String, String> labels = metadata.map(m -> m.map("labels")).orElse(Map.of());
        Map<String, String> annotations =
                metadata.map(m -> m.map("annotations")).orElse(Map.of());
        checkSelector(spec, labels);
        checkLength();
        var kind = kind(labels, annotations);
        return container(pod, kind)
                .map(container -> new Workload(
                        header.origin().file(),
                        header.origin().line(),
                        header.ref().name(),
                        header.ref().namespace(),
                        header.annotations(),
                        annotations,
                        labels,
                        spec.number("replicas").orElse(1),
                        pod.text("serviceAccountName")
                                .or(() -> pod.text("serviceAccount"))
                                .orElse("default"),
                        kind,
                        container,
                        SecretMounts.read(pod)));
    }

    private void checkLength() {
        if (header.ref().name().length() + header.ref().namespace().length() > LONGEST_NAMES) {
            problems.add(
                    DiagnosticCode.BAD_NAME,
                    header.place(),
                    "name and namespace are longer than " + LONGEST_NAMES
                            + " characters: here the folders and logs of the pods bear them, and files may not have such names",
                    "Use a shorter name");
        }
    }

    private void checkSelector(Section spec, Map<String, String> labels) {
        var selector = spec.section("selector").orElseThrow();
        var wanted = selector.map("matchLabels");
        if (!labels.entrySet().containsAll(wanted.entrySet())) {
            problems.add(
                    DiagnosticCode.SELECTOR_MISMATCH,
                    selector.placeOf("matchLabels"),
                    "the selector " + wanted + " does not match the pod template's labels " + labels,
                    "Give the template these labels");
        }
    }

    private static PodKind kind(Map<String, String> labels, Map<String, String> annotations) {
        if (annotations.getOrDefault(TEMPLATES, "").equals("gateway")) {
            return PodKind.GATEWAY;
        }
        String inject = labels.getOrDefault(INJECT, annotations.getOrDefault(INJECT, "true"));
        return inject.equals("false") ? PodKind.PLAIN : PodKind.SIDECAR;
    }

    private Optional<Workload.Container> container(Section pod, PodKind kind) {
        var containers = pod.sections("containers").stream()
                .filter(c ->
                        kind == PodKind.GATEWAY || !c.text("name").orElse("").equals(PROXY))
                .toList();
        if (containers.isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    pod.placeOf("containers"),
                    "the pod has no container",
                    "Add the application's container");
            return Optional.empty();
        }
        containers.stream()
                .skip(1)
                .forEach(extra -> problems.add(
                        DiagnosticCode.EXTRA_CONTAINER,
                        extra.place(),
                        "the container " + extra.text("name").orElse("") + " is not run locally; only the first one is",
                        "Put the application's container first"));
        return new ContainerReader(problems).read(containers.getFirst());
    }
}
