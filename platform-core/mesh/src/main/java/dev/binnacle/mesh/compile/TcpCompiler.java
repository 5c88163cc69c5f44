package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.ConnectionPool;
import dev.binnacle.mesh.ir.Hashing;
import dev.binnacle.mesh.ir.TcpConnections;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.traffic.LoadBalancer;
import dev.binnacle.mesh.istio.traffic.Policy;
import dev.binnacle.mesh.registry.MeshHost;
import dev.binnacle.mesh.topology.Pod;
import java.util.Optional;

/** What a sidecar does with the connections of TCP ports. */
final class TcpCompiler {
    private final Rules rules;

    TcpCompiler(Rules rules) {
        this.rules = rules;
    }

    /** Returns what the rule for a Service says; as in Istio what it says about single ports does not count here. */
    TcpConnections of(Pod client, MeshHost service, String subset) {
        return rules.of(client, service)
                .map(rule -> connections(rule.policy().settings(), balancer(rule, subset)))
                .orElse(TcpConnections.DEFAULT);
    }

    private static Optional<LoadBalancer> balancer(DestinationRule rule, String subset) {
        return rule.subset(subset)
                .flatMap(narrow -> narrow.policy().settings().loadBalancer())
                .or(() -> rule.policy().settings().loadBalancer());
    }

    private static TcpConnections connections(Policy.Settings settings, Optional<LoadBalancer> balancer) {
        var connections = settings.pool().orElse(ConnectionPool.NONE).connections();
        boolean byClient = balancer.flatMap(LoadBalancer::hashing)
                .filter(Hashing.SourceIp.class::isInstance)
                .isPresent();
        return new TcpConnections(byClient, connections.idleTimeout(), connections.maxDuration());
    }
}
