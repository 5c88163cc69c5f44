package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.ir.ConnectionPool;
import dev.binnacle.mesh.ir.OutlierDetection;
import dev.binnacle.mesh.ir.Traffic.RetryBudget;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Settings of a host, a subset or a port.
 *
 * @param settings what may also be said for a single port
 * @param wide what may not
 * @param ports settings of single ports; they replace all others there
 */
public record Policy(Settings settings, Wide wide, Map<Integer, Settings> ports) {
    /** Says nothing. */
    public static final Policy NONE = new Policy(Settings.NONE, Wide.NONE, Map.of());

    public Policy {
        ports = Map.copyOf(ports);
    }

    /** Four blocks; each is taken from one place as a whole. */
    public record Settings(
            Optional<LoadBalancer> loadBalancer,
            Optional<ConnectionPool> pool,
            Optional<OutlierDetection> outliers,
            Optional<ClientTls> tls) {
        static final Settings NONE =
                new Settings(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

        /** Returns these settings, and those of {@code host} where these are silent. */
        Settings over(Settings host) {
            return new Settings(
                    loadBalancer.or(host::loadBalancer),
                    pool.or(host::pool),
                    outliers.or(host::outliers),
                    tls.or(host::tls));
        }
    }

    /**
     * Settings for all ports.
     *
     * @param proxyProtocol the version of the PROXY protocol, 1 or 2
     */
    public record Wide(Optional<Integer> proxyProtocol, Optional<RetryBudget> retryBudget) {
        static final Wide NONE = new Wide(Optional.empty(), Optional.empty());

        Wide over(Wide host) {
            return new Wide(proxyProtocol.or(host::proxyProtocol), retryBudget.or(host::retryBudget));
        }
    }

    /** Returns the settings that hold for some port. */
    public Stream<Settings> everySetting() {
        return Stream.concat(Stream.of(settings), ports.values().stream());
    }

    /** Returns what holds for one port: its own settings replace the general ones whole (facts F7). */
    public Policy at(int port) {
        return ports.containsKey(port) ? new Policy(ports.get(port), Wide.NONE, Map.of()) : this;
    }

    /**
     * Returns what holds for one port of a subset: each setting of the subset goes before the host's, even before the
     * host's for that port; and what the subset says about the port replaces all others.
     */
    public Policy at(int port, Policy subset) {
        var host = at(port);
        var own = subset.at(port);
        var both = subset.ports().containsKey(port)
                ? own.settings()
                : own.settings().over(host.settings());
        return new Policy(both, own.wide().over(host.wide()), Map.of());
    }

    /**
     * Returns how connections to a port are protected when nothing at the port says so: to Istio's endpoints the general
     * word counts even where a port's settings replace it.
     */
    public Optional<ClientTls.Mode> tlsBeneath(int port) {
        return Optional.ofNullable(ports.get(port))
                .flatMap(Settings::tls)
                .or(settings::tls)
                .map(ClientTls::mode);
    }
}
