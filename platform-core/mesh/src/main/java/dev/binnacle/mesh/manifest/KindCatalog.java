package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.gatewayapi.GatewayApiKinds;
import dev.binnacle.mesh.istio.IstioKinds;
import dev.binnacle.mesh.kubernetes.KubernetesKinds;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Spelling;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds what reads a document, or says why nothing does. */
public final class KindCatalog {
    private static final List<ResourceKind> READ = Stream.of(
                    KubernetesKinds.READ, IstioKinds.READ, GatewayApiKinds.READ, List.of(IstioKinds.MESH_CONFIG))
            .flatMap(List::stream)
            .toList();

    /** Documents from which generators make resources: nothing of the mesh, and no mistake beside it. */
    private static final String GENERATED_FROM = "generate.binnacle.dev/";

    private KindCatalog() {}

    /** Returns every kind that is read, in the order of the documentation. */
    public static List<ResourceKind> read() {
        return READ;
    }

    static Optional<ResourceKind> find(String apiVersion, String kind, Section document, Problems problems) {
        var exact = READ.stream()
                .filter(k -> k.kind().equals(kind) && k.apiVersions().contains(apiVersion))
                .findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        explain(apiVersion, kind, document, problems);
        return Optional.empty();
    }

    private static void explain(String apiVersion, String kind, Section document, Problems problems) {
        var at = document.placeOf("kind");
        if (KubernetesKinds.TOLERATED.contains(apiVersion + " " + kind) || apiVersion.startsWith(GENERATED_FROM)) {
            return;
        }
        var rejected = IstioKinds.rejected(apiVersion, kind).or(() -> GatewayApiKinds.rejected(apiVersion, kind));
        var sameKind = READ.stream().filter(k -> k.kind().equals(kind)).toList();
        if (rejected.isPresent() && sameKind.isEmpty()) {
            report(kind, rejected.get(), named(at, kind, document), problems);
            return;
        }
        if (!sameKind.isEmpty()) {
            problems.add(
                    DiagnosticCode.UNKNOWN_API_VERSION,
                    document.placeOf("apiVersion"),
                    "there is no " + kind + " in \"" + apiVersion + "\"",
                    "Use "
                            + sameKind.stream()
                                    .flatMap(k -> k.apiVersions().stream())
                                    .collect(Collectors.joining(" or ")));
            return;
        }
        var kinds = READ.stream().map(ResourceKind::kind).distinct().sorted().toList();
        problems.add(
                DiagnosticCode.UNKNOWN_KIND,
                at,
                apiVersion + " " + kind + " takes no effect here",
                Spelling.nearest(kind, kinds)
                        .map(k -> "Did you mean " + k + "?")
                        .orElse("Known kinds are " + String.join(", ", kinds)));
    }

    /** Reports a document that is not of the sort that is read of its kind. */
    static void refuse(String apiVersion, String kind, Place at, Problems problems) {
        report(kind, IstioKinds.rejected(apiVersion, kind).orElse("is not supported in this form"), at, problems);
    }

    private static void report(String kind, String why, Place at, Problems problems) {
        problems.add(
                DiagnosticCode.KIND_REJECTED,
                at,
                kind + " " + why,
                "Remove it from the files applied here, or expect it to act in a cluster only");
    }

    private static Place named(Place at, String kind, Section document) {
        var metadata = document.section("metadata");
        return metadata.flatMap(m -> m.text("name"))
                .map(name -> new Place(
                        new ResourceRef(
                                kind, metadata.flatMap(m -> m.text("namespace")).orElse("default"), name),
                        at.origin(),
                        at.path()))
                .orElse(at);
    }
}
