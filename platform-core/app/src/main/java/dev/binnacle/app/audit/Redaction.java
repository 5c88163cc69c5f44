package dev.binnacle.app.audit;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.istio.MeshConfig;
import dev.binnacle.mesh.yaml.YamlNode;
import dev.binnacle.mesh.yaml.YamlWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/** Resources without what nobody is to read in a log. */
final class Redaction {
    private static final String REDACTED = "[redacted]";

    /** Names of fields, headers and variables whose values are secrets; names of Secrets are none. */
    private static final Pattern SECRET = Pattern.compile(
            "(?i).*(passw|secret|token|authorization|api[-_]?key|private[-_]?key|cookie|credential|last-applied).*");

    private static final Pattern NAME_ONLY = Pattern.compile(
            "(?i)(credentialName|secretName|secretKeyRef|serviceAccountToken|automountServiceAccountToken|imagePullSecrets|"
                    + "withoutHeaders|forwardOriginalToken)");

    private final AtomicBoolean hidden = new AtomicBoolean();

    private Redaction() {}

    /**
     * A resource as it may be shown.
     *
     * @param exact whether nothing is hidden
     */
    record Shown(String yaml, boolean exact) {}

    static Shown of(ResourceRef ref, Map<String, Object> resource) {
        var redaction = new Redaction();
        boolean all = ref.kind().equals("Secret") || ref.equals(MeshConfig.NAME);
        var shown = new LinkedHashMap<String, Object>();
        resource.forEach((field, value) ->
                shown.put(field, all && isContent(field) ? redaction.hide(value) : redaction.shown(field, value)));
        return new Shown(YamlWriter.write(shown), !redaction.hidden.get());
    }

    private static boolean isContent(String field) {
        return !field.equals("apiVersion")
                && !field.equals("kind")
                && !field.equals("metadata")
                && !field.equals("type");
    }

    private Object hide(Object value) {
        hidden.set(true);
        return value instanceof Map<?, ?> map ? names(map) : REDACTED;
    }

    private static Map<String, Object> names(Map<?, ?> map) {
        var names = new LinkedHashMap<String, Object>();
        map.keySet().forEach(key -> names.put(String.valueOf(key), REDACTED));
        return names;
    }

    private Object shown(String field, Object value) {
        if (SECRET.matches(field) && !NAME_ONLY.matches(field)) {
            return secret(value);
        }
        return switch (value) {
            case Map<?, ?> map -> shown(map);
            case List<?> list -> list.stream().map(item -> shown("", item)).toList();
            default -> value;
        };
    }

    /** Whatever has text in it is hidden; a list or a mapping keeps its shape. */
    private Object secret(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var hiding = new LinkedHashMap<String, Object>();
                map.forEach((key, inner) -> hiding.put(String.valueOf(key), secret(inner)));
                yield hiding;
            }
            case List<?> list -> list.stream().map(this::secret).toList();
            case YamlNode.Scalar scalar when scalar.isNull() -> scalar;
            default -> hide(value);
        };
    }

    /** An environment variable has its name beside its value. */
    private Map<String, Object> shown(Map<?, ?> map) {
        boolean secret = map.get("name") instanceof YamlNode.Scalar name && SECRET.matches(name.text());
        var shown = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> shown.put(
                String.valueOf(key),
                secret && "value".equals(key) ? secret(value) : shown(String.valueOf(key), value)));
        return shown;
    }
}
