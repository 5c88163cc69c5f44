package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.ir.HeaderChanges.Operations;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import java.util.ArrayList;
import java.util.List;

/** Renders header changes. */
final class HeaderRenderer {
    private HeaderRenderer() {}

    static void render(HeaderChanges changes, Route.Builder into) {
        into.addAllRequestHeadersToAdd(added(changes.request()))
                .addAllRequestHeadersToRemove(changes.request().remove())
                .addAllResponseHeadersToAdd(added(changes.response()))
                .addAllResponseHeadersToRemove(changes.response().remove());
    }

    static void render(HeaderChanges changes, ClusterWeight.Builder into) {
        into.addAllRequestHeadersToAdd(added(changes.request()))
                .addAllRequestHeadersToRemove(changes.request().remove())
                .addAllResponseHeadersToAdd(added(changes.response()))
                .addAllResponseHeadersToRemove(changes.response().remove());
    }

    static List<HeaderValueOption> added(Operations operations) {
        var result = new ArrayList<HeaderValueOption>();
        // A header may be set and added to: Istio sets first.
        operations
                .set()
                .forEach((name, value) ->
                        result.add(option(name, value, HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)));
        operations
                .add()
                .forEach((name, value) -> result.add(option(name, value, HeaderAppendAction.APPEND_IF_EXISTS_OR_ADD)));
        return result;
    }

    private static HeaderValueOption option(String name, String value, HeaderAppendAction action) {
        return HeaderValueOption.newBuilder()
                .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                .setAppendAction(action)
                .build();
    }
}
