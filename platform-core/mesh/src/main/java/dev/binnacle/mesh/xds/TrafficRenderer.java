package dev.binnacle.mesh.xds;

import com.google.protobuf.UInt32Value;
import com.google.protobuf.UInt64Value;
import dev.binnacle.mesh.ir.Balancing;
import dev.binnacle.mesh.ir.Balancing.Warmup;
import dev.binnacle.mesh.ir.ConnectionPool;
import dev.binnacle.mesh.ir.ConnectionPool.TcpKeepalive;
import dev.binnacle.mesh.ir.OutlierDetection;
import dev.binnacle.mesh.ir.Traffic;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers;
import io.envoyproxy.envoy.config.cluster.v3.CircuitBreakers.Thresholds;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.CommonLbConfig.LocalityWeightedLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LbPolicy;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.LeastRequestLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.MaglevLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.RingHashLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.RoundRobinLbConfig;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.SlowStartConfig;
import io.envoyproxy.envoy.config.cluster.v3.UpstreamConnectionOptions;
import io.envoyproxy.envoy.config.core.v3.RuntimeDouble;
import io.envoyproxy.envoy.type.v3.Percent;
import java.util.Optional;

/** Renders how a cluster's endpoints are used. */
final class TrafficRenderer {
    private static final int RING = 1024;

    /** Envoy wants a name under which the value could be changed at run time; nobody does. */
    private static final String AGGRESSION = "binnacle.warmup.aggression";

    private TrafficRenderer() {}

    static void render(Traffic traffic, Cluster.Builder result) {
        balance(traffic.balancing(), result);
        result.setCircuitBreakers(limits(traffic));
        connect(traffic.pool().connections(), result);
        traffic.outliers().map(OutlierRenderer::render).ifPresent(result::setOutlierDetection);
        result.setCommonLbConfig(common(traffic));
    }

    /** Envoy would use all endpoints when half of them fail; Istio lets it only where a rule asks for that. */
    private static CommonLbConfig common(Traffic traffic) {
        int panic = traffic.outliers().map(OutlierDetection::minHealthPercent).orElse(0);
        var result = CommonLbConfig.newBuilder().setHealthyPanicThreshold(percent(panic));
        if (traffic.byLocality()) {
            result.setLocalityWeightedLbConfig(LocalityWeightedLbConfig.getDefaultInstance());
        }
        return result.build();
    }

    private static void balance(Balancing balancing, Cluster.Builder result) {
        switch (balancing) {
            case Balancing.LeastRequest(var warmup) -> {
                result.setLbPolicy(LbPolicy.LEAST_REQUEST);
                warmup.ifPresent(w -> result.setLeastRequestLbConfig(
                        LeastRequestLbConfig.newBuilder().setSlowStartConfig(slowStart(w))));
            }
            case Balancing.RoundRobin(var warmup) -> {
                result.setLbPolicy(LbPolicy.ROUND_ROBIN);
                warmup.ifPresent(w -> result.setRoundRobinLbConfig(
                        RoundRobinLbConfig.newBuilder().setSlowStartConfig(slowStart(w))));
            }
            // Here the network is this machine's, and in a cluster it is kube-proxy, which takes any.
            case Balancing.Random random -> result.setLbPolicy(LbPolicy.RANDOM);
            case Balancing.PassThrough passThrough -> result.setLbPolicy(LbPolicy.RANDOM);
            case Balancing.RingHash(var size) ->
                result.setLbPolicy(LbPolicy.RING_HASH)
                        .setRingHashLbConfig(
                                RingHashLbConfig.newBuilder().setMinimumRingSize(UInt64Value.of(size.orElse(RING))));
            case Balancing.Maglev(int size) ->
                result.setLbPolicy(LbPolicy.MAGLEV)
                        .setMaglevLbConfig(MaglevLbConfig.newBuilder().setTableSize(UInt64Value.of(size)));
        }
    }

    private static SlowStartConfig slowStart(Warmup warmup) {
        return SlowStartConfig.newBuilder()
                .setSlowStartWindow(Protos.duration(warmup.window()))
                .setAggression(RuntimeDouble.newBuilder()
                        .setDefaultValue(warmup.aggression())
                        .setRuntimeKey(AGGRESSION))
                .setMinWeightPercent(percent(warmup.minimumPercent()))
                .build();
    }

    /** Istio sets no limit unless a DestinationRule does; Envoy's own would be 1024. */
    static CircuitBreakers limits(Traffic traffic) {
        var limits = traffic.pool().limits();
        var result = Thresholds.newBuilder()
                .setMaxConnections(limit(limits.connections()))
                .setMaxPendingRequests(limit(limits.pending()))
                .setMaxRequests(limit(limits.requests()))
                .setMaxRetries(limit(limits.retries()))
                .setTrackRemaining(true);
        traffic.retryBudget().ifPresent(budget -> {
            var rendered = Thresholds.RetryBudget.newBuilder()
                    .setBudgetPercent(percent(budget.percent()))
                    .setMinRetryConcurrency(UInt32Value.of(budget.minimum()));
            result.setRetryBudget(rendered);
        });
        return CircuitBreakers.newBuilder().addThresholds(result).build();
    }

    private static UInt32Value limit(Optional<Integer> limit) {
        return UInt32Value.of(limit.orElse(-1));
    }

    private static void connect(ConnectionPool.Connections connections, Cluster.Builder result) {
        connections.connectTimeout().map(Protos::duration).ifPresent(result::setConnectTimeout);
        connections
                .keepalive()
                .ifPresent(keepalive -> result.setUpstreamConnectionOptions(
                        UpstreamConnectionOptions.newBuilder().setTcpKeepalive(keepalive(keepalive))));
    }

    private static io.envoyproxy.envoy.config.core.v3.TcpKeepalive keepalive(TcpKeepalive keepalive) {
        var result = io.envoyproxy.envoy.config.core.v3.TcpKeepalive.newBuilder();
        keepalive.probes().map(UInt32Value::of).ifPresent(result::setKeepaliveProbes);
        keepalive.time().map(UInt32Value::of).ifPresent(result::setKeepaliveTime);
        keepalive.interval().map(UInt32Value::of).ifPresent(result::setKeepaliveInterval);
        return result.build();
    }

    static Percent percent(double percent) {
        return Percent.newBuilder().setValue(percent).build();
    }
}
