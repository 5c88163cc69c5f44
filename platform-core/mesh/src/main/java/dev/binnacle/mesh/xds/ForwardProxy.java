package dev.binnacle.mesh.xds;

import io.envoyproxy.envoy.config.cluster.v3.Cluster.DnsLookupFamily;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.envoyproxy.envoy.extensions.filters.http.dynamic_forward_proxy.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;

/** Lets port 15001 reach hosts that the mesh does not know, as a forward proxy. */
final class ForwardProxy {
    private ForwardProxy() {}

    /** Returns the cache that the filter and the cluster share; both must say exactly the same. */
    static DnsCacheConfig cache() {
        return DnsCacheConfig.newBuilder()
                .setName("passthrough")
                .setDnsLookupFamily(DnsLookupFamily.V4_ONLY)
                .build();
    }

    static HttpFilter filter() {
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.dynamic_forward_proxy")
                .setTypedConfig(Protos.any(
                        FilterConfig.newBuilder().setDnsCacheConfig(cache()).build()))
                .build();
    }
}
