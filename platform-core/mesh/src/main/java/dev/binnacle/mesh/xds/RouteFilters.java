package dev.binnacle.mesh.xds;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import dev.binnacle.mesh.ir.Cors;
import dev.binnacle.mesh.ir.Fault;
import dev.binnacle.mesh.ir.Share;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.extensions.filters.common.fault.v3.FaultDelay;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.FaultAbort;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.List;

/** The HTTP filters that do nothing until a route tells them to: where routes lead out of a pod they are always there. */
final class RouteFilters {
    static final String FAULT = "envoy.filters.http.fault";
    static final String CORS = "envoy.filters.http.cors";

    private RouteFilters() {}

    /** Returns the filters in Istio's order. */
    static List<HttpFilter> all() {
        return List.of(
                HttpFilter.newBuilder()
                        .setName(FAULT)
                        .setTypedConfig(Protos.any(HTTPFault.getDefaultInstance()))
                        .build(),
                HttpFilter.newBuilder()
                        .setName(CORS)
                        .setTypedConfig(Protos.any(
                                io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors.getDefaultInstance()))
                        .build());
    }

    static Any fault(Fault fault) {
        var result = HTTPFault.newBuilder();
        fault.delay()
                .ifPresent(delay -> result.setDelay(FaultDelay.newBuilder()
                        .setFixedDelay(Protos.duration(delay.time()))
                        .setPercentage(Protos.share(delay.share()))));
        fault.abort().ifPresent(abort -> result.setAbort(abort(abort)));
        return Protos.any(result.build());
    }

    private static FaultAbort abort(Fault.Abort abort) {
        var result = FaultAbort.newBuilder().setPercentage(Protos.share(abort.share()));
        switch (abort.status()) {
            case Fault.Status.Http(int code) -> result.setHttpStatus(code);
            case Fault.Status.Grpc(int code) -> result.setGrpcStatus(code);
        }
        return result.build();
    }

    static Any cors(Cors cors) {
        var result = CorsPolicy.newBuilder()
                .setFilterEnabled(RuntimeFractionalPercent.newBuilder().setDefaultValue(Protos.share(Share.ALL)))
                .setAllowMethods(String.join(",", cors.methods()))
                .setAllowHeaders(String.join(",", cors.headers()))
                .setExposeHeaders(String.join(",", cors.exposed()))
                .setForwardNotMatchingPreflights(BoolValue.of(cors.forwardsOthers()));
        cors.origins().forEach(origin -> result.addAllowOriginStringMatch(MatchRenderer.text(origin)));
        cors.maxAge().ifPresent(age -> result.setMaxAge(String.valueOf(age.toSeconds())));
        cors.credentials().ifPresent(allowed -> result.setAllowCredentials(BoolValue.of(allowed)));
        return Protos.any(result.build());
    }
}
