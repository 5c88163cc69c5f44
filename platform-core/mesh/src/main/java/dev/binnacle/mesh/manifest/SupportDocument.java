package dev.binnacle.mesh.manifest;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.gatewayapi.GatewayApiKinds;
import dev.binnacle.mesh.istio.IstioKinds;
import dev.binnacle.mesh.istio.MeshConfigReader;
import dev.binnacle.mesh.istio.limit.EnvoyFilterReader;
import dev.binnacle.mesh.kubernetes.KubernetesKinds;
import dev.binnacle.mesh.schema.Field;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.schema.Support;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** The documentation of what is supported, made from the tables that decide it. */
public final class SupportDocument {
    private SupportDocument() {}

    /** Returns {@code docs/istio-support.md}. */
    public static String support() {
        var out = new StringBuilder("""
                # What is supported of Istio's and Kubernetes' resources

                Made from the code that decides it; do not edit (`mvn -pl platform-core/mesh test -Dgolden.update=true` rewrites it).

                - **supported**: takes effect as Istio or Kubernetes define it, on one machine as in a cluster.
                - **ignored**: takes no effect here; a warning with file and line says so.
                - **rejected**: the resource takes no effect, an error with file and line says so.
                - *cluster only*: means something in a cluster only; local pods are right without it, so nothing is said.

                A field that is not in these tables is an error: nothing is dropped silently.
                """);
        out.append("\n## Istio\n");
        IstioKinds.READ.forEach(kind -> kind(kind, out));
        out.append(
                "\n### Mesh configuration\n\nYAML under the key `mesh` of the ConfigMap `istio` in `istio-system`, as istiod reads it.\n");
        fields(MeshConfigReader.SHAPE, out);
        out.append(
                "\n### LocalRateLimit of an EnvoyFilter\n\nWhat Envoy's filter `envoy.filters.http.local_ratelimit` is told.\n");
        fields(EnvoyFilterReader.LIMIT, out);
        rejected(IstioKinds.rejected(), out);
        out.append("\n## Gateway API\n\nConverted to Gateways and VirtualServices as Istio does it.\n");
        GatewayApiKinds.READ.forEach(kind -> kind(kind, out));
        rejected(GatewayApiKinds.rejected(), out);
        out.append("\n## Kubernetes\n");
        KubernetesKinds.READ.forEach(kind -> kind(kind, out));
        out.append("\n### Kinds that may stand beside them\n\nNothing is said about these: ");
        out.append(String.join(
                        ", ",
                        new TreeSet<>(KubernetesKinds.TOLERATED)
                                .stream().map(k -> "`" + k + "`").toList()))
                .append(".\n");
        return out.toString();
    }

    /**
     * Returns {@code docs/diagnostics/README.md}.
     *
     * @param examples a message with its advice for each code, by the code's id
     */
    public static String diagnostics(Map<String, String> examples) {
        var out = new StringBuilder("""
                # Diagnostics

                Every message about a manifest has a code that stays the same. Made from the code; do not edit.

                - **error**: the resource, or the part of it the message names, takes no effect; `check` and `apply` end with exit code 1.
                - **warning**: it takes effect, but probably not as its author expects.
                - **info**: worth knowing.

                A message begins with file and line, names the resource and the field, and ends with what to do about it:

                ```
                ERROR shop.yaml:12 BNC-110 VirtualService default/catalog spec.http[0].rout: HTTPRoute has no field rout. Did you mean route?
                ```

                All problems are reported at once, and only what a problem names takes no effect. Characters that a terminal would act on are shown as `\\u001b`, and what is very long is shortened.

                | code | severity | what it says, and an example |
                | --- | --- | --- |
                """);
        for (var code : DiagnosticCode.values()) {
            out.append("| <a id=\"")
                    .append(code.id().toLowerCase(Locale.ROOT))
                    .append("\"></a>")
                    .append(code.id());
            out.append(" | ").append(code.severity().name().toLowerCase(Locale.ROOT));
            out.append(" | ").append(code.title()).append(".<br>`");
            out.append(examples.getOrDefault(code.id(), "").replace("|", "\\|"));
            out.append("` |\n");
        }
        return out.toString();
    }

    private static void rejected(Map<String, String> kinds, StringBuilder out) {
        out.append("\n### Kinds that are rejected\n\n| kind | why |\n| --- | --- |\n");
        new TreeMap<>(kinds)
                .forEach((kind, why) ->
                        out.append("| ").append(kind).append(" | ").append(why).append(" |\n"));
    }

    private static void kind(ResourceKind kind, StringBuilder out) {
        out.append("\n### ").append(kind.name()).append("\n\n`");
        out.append(String.join("`, `", kind.apiVersions())).append("`\n");
        fields(kind.shape(), out);
    }

    private static void fields(Shape shape, StringBuilder out) {
        out.append("\n| field | | note |\n| --- | --- | --- |\n");
        shape(shape, "", out);
        cluster(shape, "", out);
    }

    private static void shape(Shape shape, String prefix, StringBuilder out) {
        for (var field : shape.fields()) {
            if (field.support() != Support.CLUSTER_ONLY) {
                row(field, prefix, out);
                nested(field.type(), prefix + field.name(), out);
            }
        }
    }

    private static void row(Field field, String prefix, StringBuilder out) {
        String support = switch (field.support()) {
            case SUPPORTED -> field.required() ? "supported, required" : "supported";
            case IGNORED -> "**ignored**";
            case REJECTED -> "**rejected**";
            case CLUSTER_ONLY -> "*cluster only*";
        };
        out.append("| `").append(prefix).append(field.name()).append("` | ").append(support);
        out.append(" | ").append(note(field)).append(" |\n");
    }

    private static String note(Field field) {
        String words =
                field.support() == Support.SUPPORTED && field.type() instanceof FieldType.Choice(List<String> all)
                        ? "`" + String.join("`, `", all) + "`"
                        : "";
        String note = field.note().replace("|", "\\|");
        return words.isEmpty() || note.isEmpty() ? words + note : words + "; " + note;
    }

    private static void nested(FieldType type, String path, StringBuilder out) {
        switch (type) {
            case FieldType.Section(Shape shape) -> shape(shape, path + ".", out);
            case FieldType.ListOf(FieldType item) -> nested(item, path + "[]", out);
            case FieldType.MapOf(FieldType item) -> nested(item, path + ".*", out);
            default -> {}
        }
    }

    private static void cluster(Shape shape, String prefix, StringBuilder out) {
        var names = shape.fields().stream()
                .filter(f -> f.support() == Support.CLUSTER_ONLY)
                .map(f -> "`" + f.name() + "`")
                .toList();
        if (!names.isEmpty()) {
            out.append("\n*Cluster only")
                    .append(prefix.isEmpty() ? "" : " in `" + prefix + "`")
                    .append("*: ");
            out.append(String.join(", ", names)).append(".\n");
        }
        for (var field : shape.fields()) {
            if (field.support() == Support.SUPPORTED) {
                clusterNested(field.type(), prefix.isEmpty() ? field.name() : prefix + "." + field.name(), out);
            }
        }
    }

    private static void clusterNested(FieldType type, String path, StringBuilder out) {
        switch (type) {
            case FieldType.Section(Shape shape) -> cluster(shape, path, out);
            case FieldType.ListOf(FieldType item) -> clusterNested(item, path + "[]", out);
            case FieldType.MapOf(FieldType item) -> clusterNested(item, path + ".*", out);
            default -> {}
        }
    }
}
