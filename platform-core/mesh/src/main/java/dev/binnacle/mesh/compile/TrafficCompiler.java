package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Balancing;
import dev.binnacle.mesh.ir.ConnectionPool;
import dev.binnacle.mesh.ir.ConnectionPool.Version;
import dev.binnacle.mesh.ir.Traffic;
import dev.binnacle.mesh.istio.ProxyDefaults;
import dev.binnacle.mesh.istio.traffic.LoadBalancer;
import dev.binnacle.mesh.istio.traffic.LoadBalancer.ByLocality;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.kubernetes.Service;

/** How endpoints are used: what a DestinationRule says, and where it is silent the mesh configuration. */
final class TrafficCompiler {
    private final ProxyDefaults defaults;

    TrafficCompiler(ProxyDefaults defaults) {
        this.defaults = defaults;
    }

    Traffic of(Service.Port port, Policy policy) {
        var settings = policy.settings();
        return new Traffic(
                settings.loadBalancer().map(LoadBalancer::balancing).orElse(Balancing.DEFAULT),
                byLocality(policy).isWeighted(settings.outliers().isPresent()),
                pool(port, settings.pool().orElse(ConnectionPool.NONE)),
                settings.outliers(),
                policy.wide().retryBudget(),
                policy.wide().proxyProtocol());
    }

    private ConnectionPool pool(Service.Port port, ConnectionPool said) {
        var result = defaults.connectTimeout().map(said::withConnectTimeout).orElse(said);
        boolean silent = said.http().version().isEmpty() && port.protocol().isHttp();
        return defaults.http2() && silent ? result.withVersion(Version.HTTP2) : result;
    }

    ByLocality byLocality(Policy policy) {
        return policy.settings()
                .loadBalancer()
                .flatMap(LoadBalancer::byLocality)
                .orElse(defaults.byLocality());
    }
}
