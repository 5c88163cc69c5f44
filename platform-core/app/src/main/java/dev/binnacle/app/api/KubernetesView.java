package dev.binnacle.app.api;

import dev.binnacle.app.mesh.MeshState;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.istio.telemetry.Provider;
import dev.binnacle.mesh.manifest.ManifestFile;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesList;
import io.fabric8.kubernetes.api.model.KubernetesListBuilder;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The resources in force in Kubernetes' own model. Nothing here talks to a cluster. */
@Singleton
public class KubernetesView {
    private static final Logger LOG = Logger.getLogger(KubernetesView.class);

    private static final String REDACTED = "[redacted]";
    private static final ResourceRef MESH = new ResourceRef("ConfigMap", "istio-system", "istio");

    /** The model of a hundred kinds takes a while to load, and most instances are never asked. */
    private static final class Lazy {
        static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    }

    /** Returns the resources of {@code state}, all or of one kind, sorted by kind, namespace and name. */
    KubernetesList list(MeshState state, @Nullable String kind) {
        var written = new TreeMap<ResourceRef, HasMetadata>();
        state.files().forEach(file -> parse(file).forEach(r -> written.put(ref(r), r)));
        var keys = keysOfReceivers(state);
        written.values().forEach(resource -> hide(keys, resource));
        var items = state.manifests().resources().stream()
                .filter(r -> kind == null || kind.equals(r.ref().kind()))
                .flatMap(r -> Stream.ofNullable(written.get(r.ref())))
                .toList();
        return new KubernetesListBuilder().withItems(items).build();
    }

    private static List<HasMetadata> parse(ManifestFile file) {
        try {
            return flat(Lazy.SERIALIZATION.unmarshal(file.text()));
        } catch (RuntimeException e) {
            // The diagnostics say what is wrong with it, with line and column.
            LOG.debugf(e, "manifest without a model file=%s", file.name());
            return List.of();
        }
    }

    private static List<HasMetadata> flat(@Nullable Object parsed) {
        return switch (parsed) {
            case null -> List.of();
            case KubernetesResourceList<?> list ->
                list.getItems().stream().flatMap(item -> flat(item).stream()).toList();
            case Collection<?> many ->
                many.stream().flatMap(item -> flat(item).stream()).toList();
            case HasMetadata one
            when one.getMetadata() != null && one.getMetadata().getName() != null -> List.of(seen(one));
            default -> List.of();
        };
    }

    /** Nobody is shown the values of a Secret, not even that two are the same. */
    private static HasMetadata seen(HasMetadata resource) {
        if (resource instanceof Secret secret) {
            secret.setData(hidden(secret.getData()));
            secret.setStringData(hidden(secret.getStringData()));
            secret.getMetadata().setAnnotations(Map.of());
        }
        return resource;
    }

    /** Headers that go along with spans may be keys of whoever takes them. */
    private static Set<String> keysOfReceivers(MeshState state) {
        return state.manifests().meshConfig().telemetry().providers().stream()
                .flatMap(provider -> provider instanceof Provider.OpenTelemetry otel
                        ? otel.headers().values().stream()
                        : Stream.empty())
                .filter(value -> !value.isEmpty())
                .collect(Collectors.toSet());
    }

    /** One that is written in another way than it is read hides everything. */
    private static void hide(Set<String> keys, HasMetadata resource) {
        if (resource instanceof ConfigMap map && map.getData() != null && ref(map).equals(MESH) && !keys.isEmpty()) {
            boolean found = map.getData().values().stream()
                    .anyMatch(text -> keys.stream().allMatch(text::contains));
            var data = new TreeMap<>(map.getData());
            data.replaceAll((name, text) -> found ? without(keys, text) : REDACTED);
            map.setData(data);
            map.getMetadata().setAnnotations(Map.of());
        }
    }

    private static String without(Set<String> keys, String text) {
        String result = text;
        for (String key : keys) {
            result = result.replace(key, REDACTED);
        }
        return result;
    }

    private static Map<String, String> hidden(@Nullable Map<String, String> values) {
        var result = new TreeMap<String, String>();
        if (values != null) {
            values.keySet().forEach(key -> result.put(key, REDACTED));
        }
        return result;
    }

    private static ResourceRef ref(HasMetadata resource) {
        var metadata = resource.getMetadata();
        String namespace = metadata.getNamespace();
        return new ResourceRef(resource.getKind(), namespace == null ? "default" : namespace, metadata.getName());
    }
}
