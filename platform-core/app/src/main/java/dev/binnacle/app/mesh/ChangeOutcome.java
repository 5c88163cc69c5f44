package dev.binnacle.app.mesh;

import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import java.util.List;
import java.util.Optional;

/** How a {@link ChangeRequest} ended. */
public sealed interface ChangeOutcome {
    /**
     * Every live, affected proxy has it (or, for a dry run, would get it).
     *
     * @param resources applied or deleted, sorted
     * @param diagnostics warnings about the given files
     */
    record Done(List<ResourceRef> resources, List<Diagnostic> diagnostics, List<ProxyAnswer> proxies)
            implements ChangeOutcome {
        public Done {
            resources = List.copyOf(resources);
            diagnostics = List.copyOf(diagnostics);
            proxies = List.copyOf(proxies);
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

    /** Some resources to delete do not exist; nothing was changed. */
    record Missing(List<ResourceRef> resources) implements ChangeOutcome {
        public Missing {
            resources = List.copyOf(resources);
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
