package dev.binnacle.mesh.registry;

import dev.binnacle.mesh.istio.Sidecar;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.ArrayList;
import java.util.List;

/** Which hosts a Sidecar lets its pods see. */
final class SidecarRules {
    /** One word of an egress list. */
    private record Word(String namespace, String host) {
        boolean isFor(String other) {
            return namespace.equals("*") || namespace.equals(other);
        }
    }

    private final List<Word> included = new ArrayList<>();
    private final List<Word> excluded = new ArrayList<>();

    /** Takes a Sidecar's words for pods of {@code namespace}, which need not be the Sidecar's own. */
    SidecarRules(Sidecar sidecar, String namespace) {
        sidecar.egress().stream().map(Placed::text).forEach(word -> add(word, namespace));
    }

    private void add(String word, String namespace) {
        int slash = word.indexOf('/');
        String written = word.substring(0, slash);
        String host = word.substring(slash + 1);
        boolean not = written.startsWith("~");
        String name = not ? written.substring(1) : written;
        String resolved = name.isEmpty() ? "*" : name.equals(".") ? namespace : name;
        (not ? excluded : included).add(new Word(resolved, host));
    }

    boolean sees(MeshHost host) {
        return !hides(host.namespace(), host.host())
                && included.stream()
                        .anyMatch(word -> word.isFor(host.namespace()) && Hosts.covers(word.host(), host.host()));
    }

    private boolean hides(String namespace, String host) {
        return excluded.stream().anyMatch(word -> word.isFor(namespace) && Hosts.covers(word.host(), host));
    }

    /** A VirtualService is seen when it and a word have hosts in common. */
    boolean sees(VirtualService service) {
        String namespace = service.ref().namespace();
        return service.hosts().stream()
                .map(host -> Hosts.resolve(host.text(), namespace))
                .filter(host -> !hides(namespace, host))
                .anyMatch(host -> included.stream()
                        .anyMatch(word -> word.isFor(namespace)
                                && Hosts.intersection(word.host(), host).isPresent()));
    }
}
