package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import java.util.List;
import java.util.Optional;

/** How a {@link ChangeRequest} ended. */
public sealed interface ChangeOutcome {
    /**
     * Every live, affected proxy has it (or, for a dry run, would get it).
     *
     * @param effects what becomes of each resource that the files name, sorted by name
     * @param diagnostics warnings about the given files
     */
    record Done(List<Effect> effects, List<Diagnostic> diagnostics, List<ProxyAnswer> proxies)
            implements ChangeOutcome {
        public Done {
            effects = List.copyOf(effects);
            diagnostics = List.copyOf(diagnostics);
            proxies = List.copyOf(proxies);
        }

        /** Returns the resources that end so. */
        public List<Effect> of(Fate fate) {
            return effects.stream().filter(effect -> effect.fate() == fate).toList();
        }
    }

    /** The mesh would have errors it does not have now; nothing was changed. */
    record Invalid(List<Diagnostic> diagnostics) implements ChangeOutcome {
        public Invalid {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /** The files hold no resource that takes effect here; the diagnostics tell what was found instead. */
    record Empty(List<Diagnostic> diagnostics) implements ChangeOutcome {
        public Empty {
            diagnostics = List.copyOf(diagnostics);
        }
    }

    /**
     * Nothing of what the files name was applied, and not all of it can be deleted; nothing was changed.
     *
     * @param absent do not exist
     * @param other exist, but the manifests say something else about them than the files
     */
    record Missing(List<ResourceRef> absent, List<Effect> other) implements ChangeOutcome {
        public Missing {
            absent = List.copyOf(absent);
            other = List.copyOf(other);
        }
    }

    /**
     * A proxy refused it, or did not answer in time.
     *
     * @param reverted whether the mesh is back at what it was; a late proxy alone does not take a change back
     */
    record NotTaken(List<ProxyAnswer> proxies, boolean reverted) implements ChangeOutcome {
        public NotTaken {
            proxies = List.copyOf(proxies);
        }
    }

    /** New hosts got no address in time; the change was taken back. */
    record NoAddress(List<String> hosts) implements ChangeOutcome {
        public NoAddress {
            hosts = List.copyOf(hosts);
        }
    }

    /** The change could not be written down, for example because the disk is full; nothing was changed. */
    record NotStored(String folder, String reason) implements ChangeOutcome {}

    /**
     * What is to be taken back is not what is there any more; nothing was changed.
     *
     * @param resources of which something else is said by now
     */
    record Overtaken(List<ResourceRef> resources) implements ChangeOutcome {
        public Overtaken {
            resources = List.copyOf(resources);
        }
    }

    /** How a resource ends. */
    enum Fate {
        /** As the files say. */
        APPLIED,
        /** Not in the mesh any more. */
        DELETED,
        /** As the manifests say, since what was applied over it was taken back. */
        RESTORED,
        /** As the manifests say, as before. */
        LEFT,
        /** Not in the mesh, as before. */
        ABSENT
    }

    /**
     * What becomes of a resource.
     *
     * @param manifest where the manifests speak of it
     */
    record Effect(ResourceRef resource, Fate fate, Optional<Origin> manifest) {
        static Effect applied(ResourceRef resource) {
            return new Effect(resource, Fate.APPLIED, Optional.empty());
        }
    }

    /**
     * What one proxy said.
     *
     * @param proxy its pod's id
     * @param state {@code acked}, {@code unchanged}, {@code rejected} or {@code timeout}
     */
    record ProxyAnswer(String proxy, String state, Optional<String> detail) {
        /** Tells whether the proxy is as it should be. */
        boolean content() {
            return state.equals("acked") || state.equals("unchanged");
        }
    }
}
