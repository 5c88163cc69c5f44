package dev.binnacle.kubernetes.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Writes objects as documents: what somebody wants, without what the API server and controllers note in them. */
final class Documents {
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private final KubernetesSerialization json;

    Documents(KubernetesSerialization json) {
        this.json = json;
    }

    /** Returns the document of an object. */
    ClusterObject of(ClusterKind kind, GenericKubernetesResource object) {
        var document = new LinkedHashMap<String, @Nullable Object>();
        document.put("apiVersion", kind.apiVersion());
        document.put("kind", kind.kind());
        document.put("metadata", metadata(object.getMetadata()));
        object.getAdditionalProperties().forEach((name, value) -> {
            if (!name.equals("status")) {
                document.put(name, kind.plural().equals("services") ? serviceSpec(value) : value);
            }
        });
        return new ClusterObject(nameOf(kind, object.getMetadata()), text(document));
    }

    /** Returns a document as text, whatever characters are in it: those that are not ASCII are written as escapes. */
    String text(Map<String, ? extends @Nullable Object> document) {
        String written = json.asJson(document);
        if (written.chars().allMatch(Documents::isPlain)) {
            return written;
        }
        var text = new StringBuilder(written.length() + 64);
        for (int i = 0; i < written.length(); i++) {
            char c = written.charAt(i);
            if (isPlain(c)) {
                text.append(c);
            } else {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return text.toString();
    }

    /** Returns what an object is called in the place of a file. */
    static String nameOf(ClusterKind kind, ObjectMeta metadata) {
        String namespace = metadata.getNamespace();
        return kind.title() + " " + (namespace == null ? "" : namespace + "/") + metadata.getName();
    }

    private static Map<String, Object> metadata(ObjectMeta metadata) {
        var kept = new TreeMap<String, Object>();
        kept.put("name", metadata.getName());
        if (metadata.getNamespace() != null) {
            kept.put("namespace", metadata.getNamespace());
        }
        var labels = Objects.requireNonNullElse(metadata.getLabels(), Map.<String, String>of());
        if (!labels.isEmpty()) {
            kept.put("labels", new TreeMap<>(labels));
        }
        var annotations =
                new TreeMap<>(Objects.requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of()));
        annotations.remove(LAST_APPLIED);
        if (!annotations.isEmpty()) {
            kept.put("annotations", annotations);
        }
        return kept;
    }

    /** A name outside is a host that can be called, and that is all there is to know about it here. */
    private static @Nullable Object serviceSpec(@Nullable Object spec) {
        if (spec instanceof Map<?, ?> fields && "ExternalName".equals(fields.get("type"))) {
            var kept = new LinkedHashMap<Object, @Nullable Object>(fields);
            kept.remove("type");
            kept.remove("externalName");
            return kept;
        }
        return spec;
    }

    private static boolean isPlain(int c) {
        return c >= ' ' && c < 0x7f;
    }
}
