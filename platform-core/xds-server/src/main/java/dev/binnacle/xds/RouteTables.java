package dev.binnacle.xds;

import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.Vhds;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import java.util.List;

/**
 * Tells a route table and its virtual hosts apart, so that a change of one of a thousand virtual hosts is told as that.
 *
 * <p>Envoy finds the table of a virtual host by the resource's name up to the last slash, and the virtual host to remove
 * by that same name; so the virtual host itself has to bear the resource's name ({@code watch_map.cc} and {@code
 * route_config_update_receiver_impl.cc} of Envoy 1.40).
 */
final class RouteTables {
    /** A listener waits until the first virtual host of its table has come, so a table has at least one. */
    private static final VirtualHost NOTHING = VirtualHost.newBuilder()
            .setName("nothing")
            .addDomains("nothing.invalid")
            .build();

    private static final Vhds OVER_THE_SAME_STREAM = Vhds.newBuilder()
            .setConfigSource(ConfigSource.newBuilder()
                    .setAds(AggregatedConfigSource.getDefaultInstance())
                    .setInitialFetchTimeout(com.google.protobuf.Duration.getDefaultInstance())
                    .setResourceApiVersion(ApiVersion.V3))
            .build();

    private RouteTables() {}

    /** Returns the table as it is told: its virtual hosts are asked for separately. */
    static RouteConfiguration withoutVirtualHosts(RouteConfiguration table) {
        return table.toBuilder()
                .clearVirtualHosts()
                .setVhds(OVER_THE_SAME_STREAM)
                .build();
    }

    /** Returns the virtual hosts of a table, at least one. */
    static List<VirtualHost> virtualHosts(RouteConfiguration table) {
        return table.getVirtualHostsCount() == 0 ? List.of(NOTHING) : table.getVirtualHostsList();
    }

    /** Returns the name under which a virtual host of {@code table} is told. */
    static String nameOf(String table, VirtualHost host) {
        return table + "/" + host.getName().replace("%", "%25").replace("/", "%2F");
    }

    /** Returns the name of the table that a virtual host belongs to. */
    static String tableOf(String virtualHost) {
        return virtualHost.substring(0, Math.max(0, virtualHost.lastIndexOf('/')));
    }
}
