package dev.binnacle.mesh.xds;

import io.envoyproxy.envoy.config.cluster.v3.Cluster.DnsLookupFamily;
import io.envoyproxy.envoy.config.core.v3.DnsResolverOptions;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.envoyproxy.envoy.extensions.filters.http.dynamic_forward_proxy.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig;

/** Lets port 15001 reach hosts that the mesh does not know, as a forward proxy. */
final class ForwardProxy {
    private ForwardProxy() {}

    /** Returns the cache that the filter and the cluster share; both must say exactly the same. */
    static DnsCacheConfig cache(boolean internet) {
        var result = DnsCacheConfig.newBuilder().setName("passthrough").setDnsLookupFamily(DnsLookupFamily.V4_ONLY);
        if (!internet) {
            result.setTypedDnsResolverConfig(nobody());
        }
        return result.build();
    }

    /** A resolver that knows this machine's own names only: not even a question leaves it. */
    private static TypedExtensionConfig nobody() {
        var config = CaresDnsResolverConfig.newBuilder()
                .addResolvers(Protos.address("127.0.0.1", 1))
                .setDnsResolverOptions(DnsResolverOptions.newBuilder().setNoDefaultSearchDomain(true));
        return TypedExtensionConfig.newBuilder()
                .setName("envoy.network.dns_resolver.cares")
                .setTypedConfig(Protos.any(config.build()))
                .build();
    }

    static HttpFilter filter(boolean internet) {
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.dynamic_forward_proxy")
                .setTypedConfig(Protos.any(FilterConfig.newBuilder()
                        .setDnsCacheConfig(cache(internet))
                        .build()))
                .build();
    }
}
