package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.PathNormalization;
import dev.binnacle.mesh.istio.telemetry.MeshTelemetry;
import dev.binnacle.mesh.schema.Exports;
import dev.binnacle.mesh.schema.Resource;
import java.util.List;
import java.util.Optional;

/**
 * What holds for the whole mesh unless a resource says otherwise: the ConfigMap that istiod reads.
 *
 * @param unknownHosts what becomes of requests to hosts that nothing defines
 * @param services who sees a Service or a ServiceEntry that does not say
 * @param virtualServices who sees a VirtualService that does not say
 * @param destinationRules who sees a DestinationRule that does not say
 * @param defaults what proxies do where no rule says otherwise
 * @param autoMtls whether clients find out by themselves which servers take mutual TLS
 * @param telemetry who is told about the traffic
 * @param paths what becomes of a path before anything looks at it
 * @param trustDomainAliases trust domains that mean the same as the mesh's own
 */
public record MeshConfig(
        ResourceRef ref,
        Origin origin,
        UnknownHosts unknownHosts,
        Default services,
        Default virtualServices,
        Default destinationRules,
        ProxyDefaults defaults,
        boolean autoMtls,
        MeshTelemetry telemetry,
        PathNormalization paths,
        List<String> trustDomainAliases)
        implements Resource {
    /** The ConfigMap that holds it, in Istio's root namespace. */
    public static final ResourceRef NAME = new ResourceRef("ConfigMap", "istio-system", "istio");

    /** Istio's defaults. */
    public static final MeshConfig DEFAULT = new MeshConfig(
            NAME,
            Origin.DEFAULT,
            UnknownHosts.ALLOW_ANY,
            Default.EVERYONE,
            Default.EVERYONE,
            Default.EVERYONE,
            ProxyDefaults.ISTIO,
            true,
            MeshTelemetry.DEFAULT,
            PathNormalization.BASE,
            List.of());

    /** Who sees what does not say. */
    public enum Default {
        EVERYONE,
        OWN_NAMESPACE,
        NOBODY;

        /** Returns who sees a resource of {@code namespace} that says {@code said}. */
        public Exports of(Optional<Exports> said, String namespace) {
            return said.orElseGet(() -> switch (this) {
                case EVERYONE -> Exports.EVERYONE;
                case OWN_NAMESPACE -> Exports.only(namespace);
                case NOBODY -> Exports.NOBODY;
            });
        }
    }
}
