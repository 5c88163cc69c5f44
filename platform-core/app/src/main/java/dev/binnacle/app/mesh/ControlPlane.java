package dev.binnacle.app.mesh;

import dev.binnacle.mesh.xds.ProxyResources;
import dev.binnacle.xds.Outcome;
import dev.binnacle.xds.ProxyStatus;
import dev.binnacle.xds.Publication;
import dev.binnacle.xds.Rollout;
import dev.binnacle.xds.XdsServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The way to the Envoys, if this application is the one that configures them. */
public interface ControlPlane {
    /** In a cluster istiod configures the Envoys: nothing is published, and nobody answers. */
    ControlPlane NONE = new ControlPlane() {
        @Override
        public Publication publish(Map<String, ProxyResources> byNode, Rollout rollout) {
            return new Publication(0, Map.of());
        }

        @Override
        public Map<String, Outcome> awaitAcks(Publication publication, Set<String> live, Duration timeout) {
            return Map.of();
        }

        @Override
        public List<ProxyStatus> proxies() {
            return List.of();
        }

        @Override
        public void registry(int services, int virtualServices) {
            // Nobody asks.
        }
    };

    /** Returns the control plane that {@code server} is. */
    static ControlPlane of(XdsServer server) {
        return new ControlPlane() {
            @Override
            public Publication publish(Map<String, ProxyResources> byNode, Rollout rollout) {
                return server.publish(byNode, rollout);
            }

            @Override
            public Map<String, Outcome> awaitAcks(Publication publication, Set<String> live, Duration timeout)
                    throws InterruptedException {
                return server.awaitAcks(publication, live, timeout);
            }

            @Override
            public List<ProxyStatus> proxies() {
                return server.proxies();
            }

            @Override
            public void registry(int services, int virtualServices) {
                server.metrics().registry(services, virtualServices);
            }
        };
    }

    /** Replaces what the Envoys should have, by node id. */
    Publication publish(Map<String, ProxyResources> byNode, Rollout rollout);

    /** Waits for the answers to a publication. */
    Map<String, Outcome> awaitAcks(Publication publication, Set<String> live, Duration timeout)
            throws InterruptedException;

    /** Returns what is known of each Envoy, sorted by node id. */
    List<ProxyStatus> proxies();

    /** Notes how many Services and VirtualServices there are. */
    void registry(int services, int virtualServices);
}
