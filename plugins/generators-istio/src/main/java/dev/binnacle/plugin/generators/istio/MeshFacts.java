package dev.binnacle.plugin.generators.istio;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.istio.ServiceEntry;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.schema.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What the manifests say about the mesh. What is wrong with them is for {@code check} to say.
 *
 * @param files the manifests, without what was generated
 */
record MeshFacts(List<ManifestFile> files, Manifests manifests) {
    static MeshFacts of(List<ManifestFile> files) {
        return new MeshFacts(files, Translation.read(files).value());
    }

    Optional<Service> service(String namespace, String name) {
        return manifests.services().stream()
                .filter(service -> service.ref().namespace().equals(namespace)
                        && service.ref().name().equals(name))
                .findFirst();
    }

    String services(String namespace) {
        String names = manifests.services().stream()
                .filter(service -> service.ref().namespace().equals(namespace))
                .map(service -> service.ref().name())
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "there is none in the namespace " + namespace : "there are " + names;
    }

    /** Returns the values of the label {@code version} of the pods behind a Service. */
    SortedSet<String> versions(Service service) {
        return manifests.workloads().stream()
                .filter(workload -> workload.namespace().equals(service.ref().namespace()))
                .map(Workload::labels)
                .filter(service::selects)
                .flatMap(labels -> Optional.ofNullable(labels.get("version")).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns what already defines a host. */
    Optional<Resource> defining(String host) {
        return manifests.resources().stream()
                .filter(resource -> switch (resource) {
                    case Service service ->
                        List.of(
                                        service.host(),
                                        service.ref().name() + "."
                                                + service.ref().namespace(),
                                        service.ref().name() + "."
                                                + service.ref().namespace() + ".svc")
                                .contains(host);
                    case ServiceEntry entry ->
                        entry.hosts().stream().anyMatch(each -> each.text().equals(host));
                    default -> false;
                })
                .findFirst();
    }

    boolean hasGateway(String label) {
        return manifests.workloads().stream()
                .anyMatch(workload -> label.equals(workload.labels().get("istio")));
    }

    SortedSet<String> gateways() {
        return manifests.workloads().stream()
                .flatMap(workload -> Optional.ofNullable(workload.labels().get("istio")).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Returns the errors that the manifests have with {@code more} and have not without it. */
    List<Diagnostic> errorsWith(List<ManifestFile> more) {
        var all = new ArrayList<>(files);
        all.addAll(more);
        var before = errors(files);
        return errors(all).stream()
                .filter(diagnostic -> !before.contains(diagnostic))
                .toList();
    }

    private static List<Diagnostic> errors(List<ManifestFile> files) {
        return Translation.check(files).stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
    }
}
