package dev.binnacle.mesh.compile.telemetry;

import dev.binnacle.mesh.ir.Tracing.Receiver;
import dev.binnacle.mesh.istio.telemetry.Provider.OpenTelemetry;
import dev.binnacle.mesh.registry.MeshHost;
import java.util.List;
import java.util.Optional;

/** Finds the services that get spans. */
final class Receivers {
    private final List<MeshHost> hosts;

    Receivers(List<MeshHost> hosts) {
        this.hosts = hosts;
    }

    /** Returns the receiver that a provider names, when there is just one such service. */
    Optional<Receiver> of(OpenTelemetry provider) {
        String written = provider.service().text();
        int slash = written.indexOf('/');
        String host = written.substring(slash + 1);
        var found = hosts.stream()
                .filter(each -> each.host().equals(host))
                .filter(each -> slash < 0 || each.namespace().equals(written.substring(0, slash)))
                .toList();
        return found.size() == 1
                ? Optional.of(new Receiver(
                        "outbound|" + provider.port() + "||" + host,
                        host,
                        provider.path(),
                        provider.timeout(),
                        provider.headers()))
                : Optional.empty();
    }
}
