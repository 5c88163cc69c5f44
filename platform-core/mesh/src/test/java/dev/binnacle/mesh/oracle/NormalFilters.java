package dev.binnacle.mesh.oracle;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.FaultAbort;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import java.util.Optional;

/** What a route tells the filters before it. */
final class NormalFilters {
    private NormalFilters() {}

    private static <T extends Message> Optional<T> config(Route route, String filter, Class<T> type) {
        return Optional.ofNullable(route.getTypedPerFilterConfigMap().get(filter))
                .flatMap(any -> Protos.unpack(any, type));
    }

    static Node fault(Route route) {
        var result = new Node();
        config(route, "envoy.filters.http.fault", HTTPFault.class).ifPresent(fault -> {
            if (fault.hasDelay()) {
                result.put(
                        "delay",
                        new Node()
                                .with("time", Protos.millis(fault.getDelay().getFixedDelay()))
                                .with(
                                        "millionths",
                                        fault.getDelay().getPercentage().getNumerator()));
            }
            if (fault.hasAbort()) {
                result.put("abort", abort(fault.getAbort()));
            }
        });
        return result;
    }

    private static Node abort(FaultAbort abort) {
        return new Node()
                .with("http", abort.getHttpStatus())
                .with("grpc", abort.getGrpcStatus())
                .with("millionths", abort.getPercentage().getNumerator());
    }

    static Node cors(Route route) {
        var result = new Node();
        config(route, "envoy.filters.http.cors", CorsPolicy.class).ifPresent(cors -> {
            result.with(
                            "origins",
                            cors.getAllowOriginStringMatchList().stream()
                                    .map(NormalHeaders::text)
                                    .toList())
                    .with("methods", cors.getAllowMethods())
                    .with("headers", cors.getAllowHeaders())
                    .with("exposed", cors.getExposeHeaders())
                    .with("maxAge", cors.getMaxAge())
                    .with(
                            "ignoresOthers",
                            !cors.getForwardNotMatchingPreflights().getValue())
                    .with(
                            "millionths",
                            cors.getFilterEnabled().getDefaultValue().getNumerator());
            if (cors.hasAllowCredentials()) {
                result.put("credentials", cors.getAllowCredentials().getValue());
            }
        });
        return result;
    }
}
