package dev.binnacle.kubernetes.apply;

import dev.binnacle.kubernetes.access.Failures;
import dev.binnacle.kubernetes.cluster.ClusterKind;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Makes the objects of one namespace what generators say, by server-side apply. It never takes a field from somebody else, and
 * deletes only what it has made and nobody else has changed.
 *
 * <p>For one thread at a time.
 */
public final class ObjectWriter {
    static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    static final String GENERATOR = "binnacle.dev/generator";

    private static final int CONFLICT = 409;

    private final KubernetesClient client;
    private final String namespace;

    /** @param namespace the platform's own */
    public ObjectWriter(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /**
     * Applies what is wanted and deletes what is left over.
     *
     * @param mayWrite asked before every request that changes something; nothing more is done once it says no
     */
    public WriteReport write(Generated wanted, BooleanSupplier mayWrite) {
        return new Run(wanted, mayWrite).run();
    }

    private final class Run {
        private final Generated wanted;
        private final BooleanSupplier mayWrite;
        private final List<String> applied = new ArrayList<>();
        private final List<String> pruned = new ArrayList<>();
        private final List<String> problems;
        private final Set<String> refusedKinds = new HashSet<>();
        private int unchanged;

        Run(Generated wanted, BooleanSupplier mayWrite) {
            this.wanted = wanted;
            this.mayWrite = mayWrite;
            this.problems = new ArrayList<>(wanted.problems());
        }

        WriteReport run() {
            boolean whole = applyAll() && pruneAll();
            return new WriteReport(unchanged, applied, pruned, problems, whole);
        }

        private boolean applyAll() {
            for (var object : wanted.objects()) {
                if (!mayWrite.getAsBoolean()) {
                    return false;
                }
                if (!refusedKinds.contains(object.kind().resource())) {
                    apply(object);
                }
            }
            return true;
        }

        private void apply(GeneratedObject object) {
            try {
                var present = resource(object).get();
                if (present != null && !Ownership.isOurs(present)) {
                    problems.add(object.id() + " is there already, and is not the platform's: it stays as it is. "
                            + "Rename or delete it");
                    return;
                }
                var now = resource(object).fieldManager(Ownership.MANAGER).serverSideApply();
                if (present != null && version(present).equals(version(now))) {
                    unchanged++;
                } else {
                    applied.add(object.id());
                }
            } catch (KubernetesClientException e) {
                problems.add(Refusal.of(object.id() + " is not applied", "get and patch", object, e));
                if (Refusal.isOfKind(e)) {
                    refusedKinds.add(object.kind().resource());
                }
            }
        }

        private boolean pruneAll() {
            var kept = wanted.objects().stream().map(GeneratedObject::id).collect(Collectors.toSet());
            for (var kind : List.of(GeneratedObject.PROMETHEUS_RULE, GeneratedObject.CONFIG_MAP)) {
                if (refusedKinds.contains(kind.resource())) {
                    continue;
                }
                for (var found : labelled(kind)) {
                    if (!mayWrite.getAsBoolean()) {
                        return false;
                    }
                    if (!kept.contains(found.id())) {
                        prune(found);
                    }
                }
            }
            return true;
        }

        /** An object that says that it is the platform's, and may be. */
        private List<Found> labelled(ClusterKind kind) {
            try {
                return client
                        .genericKubernetesResources(kind.context())
                        .inNamespace(namespace)
                        .withLabel(MANAGED_BY, Ownership.MANAGER)
                        .withLabel(GENERATOR)
                        .list()
                        .getItems()
                        .stream()
                        .map(object -> new Found(kind, object))
                        .toList();
            } catch (KubernetesClientException e) {
                if (!Refusal.isOfKind(e)) {
                    problems.add(kind.kind() + "s cannot be listed: " + Failures.words(e));
                }
                return List.of();
            }
        }

        private void prune(Found found) {
            var other = Ownership.otherWriter(found.object());
            if (!Ownership.isOurs(found.object())) {
                return;
            }
            if (!wanted.answered().contains(found.generator())) {
                problems.add(
                        found.id() + " stays: " + found.generator() + ", which made it, has no answer or does not run");
            } else if (other.isPresent()) {
                problems.add(found.id() + " is made no more, and stays, because " + other.get()
                        + " has changed it. Delete it when it is not needed");
            } else {
                delete(found);
            }
        }

        private void delete(Found found) {
            try {
                // Only the one that was looked at.
                client.resource(found.object())
                        .inNamespace(namespace)
                        .lockResourceVersion(version(found.object()))
                        .delete();
                pruned.add(found.id());
            } catch (KubernetesClientException e) {
                if (e.getCode() != CONFLICT) {
                    problems.add(found.id() + " is not deleted: " + Failures.words(e));
                }
            }
        }
    }

    private record Found(ClusterKind kind, GenericKubernetesResource object) {
        String id() {
            return kind.kind() + " " + object.getMetadata().getName();
        }

        String generator() {
            return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.<String, String>of())
                    .getOrDefault(GENERATOR, "");
        }
    }

    private Resource<GenericKubernetesResource> resource(GeneratedObject object) {
        return client.genericKubernetesResources(object.kind().context())
                .inNamespace(namespace)
                .resource(written(object));
    }

    private GenericKubernetesResource written(GeneratedObject object) {
        var labels = new HashMap<>(object.labels());
        labels.put(MANAGED_BY, Ownership.MANAGER);
        labels.put(GENERATOR, object.generator());
        var resource = new GenericKubernetesResource();
        resource.setApiVersion(object.kind().apiVersion());
        resource.setKind(object.kind().kind());
        resource.setMetadata(new ObjectMetaBuilder()
                .withName(object.name())
                .withNamespace(namespace)
                .withLabels(labels)
                .withAnnotations(object.annotations())
                .build());
        resource.setAdditionalProperties(new HashMap<>(object.body()));
        return resource;
    }

    private static String version(GenericKubernetesResource object) {
        return Objects.requireNonNullElse(object.getMetadata().getResourceVersion(), "");
    }
}
