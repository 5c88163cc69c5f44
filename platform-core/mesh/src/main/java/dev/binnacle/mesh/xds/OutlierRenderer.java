package dev.binnacle.mesh.xds;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.OutlierDetection;
import java.util.Optional;

/** Renders when endpoints are ejected. Istio never compares endpoints with each other, so success rates do not count. */
final class OutlierRenderer {
    private static final UInt32Value NEVER = UInt32Value.of(0);
    private static final UInt32Value ALWAYS = UInt32Value.of(100);

    private OutlierRenderer() {}

    static OutlierDetection render(dev.binnacle.mesh.ir.OutlierDetection outliers) {
        var result = OutlierDetection.newBuilder().setEnforcingSuccessRate(NEVER);
        outliers.consecutive5xx()
                .ifPresent(count ->
                        result.setConsecutive5Xx(UInt32Value.of(count)).setEnforcingConsecutive5Xx(enforced(count)));
        outliers.consecutiveGatewayErrors()
                .ifPresent(count -> result.setConsecutiveGatewayFailure(UInt32Value.of(count))
                        .setEnforcingConsecutiveGatewayFailure(enforced(count)));
        outliers.interval().map(Protos::duration).ifPresent(result::setInterval);
        outliers.baseEjectionTime().map(Protos::duration).ifPresent(result::setBaseEjectionTime);
        outliers.maxEjectionPercent().map(UInt32Value::of).ifPresent(result::setMaxEjectionPercent);
        outliers.localOrigin().ifPresent(local -> split(local.consecutiveFailures(), result));
        return result.build();
    }

    private static void split(Optional<Integer> failures, OutlierDetection.Builder result) {
        result.setSplitExternalLocalOriginErrors(true).setEnforcingLocalOriginSuccessRate(NEVER);
        failures.ifPresent(count -> result.setConsecutiveLocalOriginFailure(UInt32Value.of(count))
                .setEnforcingConsecutiveLocalOriginFailure(ALWAYS));
    }

    private static UInt32Value enforced(int count) {
        return count == 0 ? NEVER : ALWAYS;
    }
}
