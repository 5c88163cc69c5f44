package dev.binnacle.mesh.xds;

import com.google.protobuf.UInt32Value;
import dev.binnacle.mesh.ir.RouteAction.Retries;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryBackOff;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryHostPredicate;
import io.envoyproxy.envoy.config.route.v3.RetryPolicy.RetryPriority;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;

/** Renders when and where requests are tried again. */
final class RetryRenderer {
    private static final int SEARCHES = 5;
    private static final int PRIORITIES_EVERY = 2;

    private RetryRenderer() {}

    static RetryPolicy render(Retries retries) {
        var result = RetryPolicy.newBuilder()
                .setRetryOn(String.join(",", retries.conditions()))
                .setNumRetries(UInt32Value.of(retries.attempts()))
                .addAllRetriableStatusCodes(retries.statusCodes())
                .setHostSelectionRetryMaxAttempts(SEARCHES);
        if (retries.avoidsPreviousHosts().orElse(true)) {
            result.addRetryHostPredicate(RetryHostPredicate.newBuilder()
                    .setName("envoy.retry_host_predicates.previous_hosts")
                    .setTypedConfig(Protos.any(PreviousHostsPredicate.getDefaultInstance())));
        }
        if (retries.otherLocalities()) {
            result.setRetryPriority(RetryPriority.newBuilder()
                    .setName("envoy.retry_priorities.previous_priorities")
                    .setTypedConfig(Protos.any(PreviousPrioritiesConfig.newBuilder()
                            .setUpdateFrequency(PRIORITIES_EVERY)
                            .build())));
        }
        retries.perTry().ifPresent(time -> result.setPerTryTimeout(Protos.duration(time)));
        retries.backoff()
                .ifPresent(time ->
                        result.setRetryBackOff(RetryBackOff.newBuilder().setBaseInterval(Protos.duration(time))));
        return result.build();
    }
}
