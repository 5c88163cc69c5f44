package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.gatewayapi.HttpRoute;
import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.Same;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.topology.MeshTopology;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What a compilation made, by what it was made from, so that the next one makes again only what a change concerns.
 *
 * <p>A mesh changes mostly in its VirtualServices and in which pods are ready. What is made from either has them in its
 * key; everything else is the ground, which no key names: when it changes, nothing is taken over. A compilation remembers
 * only what it needed itself.
 *
 * <p>Not thread-safe until complete; from then on it does not change, and any number of compilations may begin with it.
 */
final class Memory {
    /** Pods that are told the same of what is around them: short for all that tells them apart from others. */
    static final class Sight {}

    private record SightKey(Object view) implements Carried.Key<Sight> {}

    private record ListKey<T>(List<Same<T>> elements) implements Carried.Key<List<T>> {}

    private record Ground(List<Resource> resources, MeshTopology topology) {
        static Ground of(Manifests manifests, MeshTopology topology) {
            return new Ground(
                    manifests.resources().stream()
                            .filter(resource -> !(resource instanceof VirtualService || resource instanceof HttpRoute))
                            .toList(),
                    topology.allReady());
        }
    }

    private final Ground ground;
    private final Registry registry;
    private final Carried made;

    private Memory(Ground ground, Registry registry, Carried made) {
        this.ground = ground;
        this.registry = registry;
        this.made = made;
    }

    /** Begins with what an {@code earlier} compilation made, where it stands on the same ground. */
    static Memory of(Manifests manifests, MeshTopology topology, Optional<Memory> earlier) {
        var ground = Ground.of(manifests, topology);
        return earlier.filter(memory -> memory.ground.equals(ground))
                .map(memory ->
                        new Memory(memory.ground, memory.registry.changed(manifests, topology), memory.made.next()))
                .orElseGet(() -> new Memory(ground, new Registry(manifests, topology), new Carried()));
    }

    Registry registry() {
        return registry;
    }

    /** Returns what an equal {@code key} stands for on this ground, else what {@code make} returns. */
    <V> V get(Carried.Key<V> key, Supplier<V> make) {
        return made.get(key, make);
    }

    /** Returns the sight of pods that are equal by {@code view}. */
    Sight sight(Object view) {
        return get(new SightKey(view), Sight::new);
    }

    /** Returns {@code list}, or the one of these very elements that is there already. */
    <T> List<T> list(List<T> list) {
        return get(new ListKey<>(Same.each(list)), () -> list);
    }

    /** Forgets what was not needed. */
    void complete() {
        made.complete();
    }
}
