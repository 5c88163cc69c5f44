package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Listener;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.istio.gateway.Gateway;
import dev.binnacle.mesh.istio.gateway.Gateway.Server;
import dev.binnacle.mesh.istio.gateway.ServerTlsSettings;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Converts the listeners of Gateways: each becomes a Gateway of Istio's, so that routes can be attached to it alone. */
final class Listeners {
    static final String CLASS = "istio";

    private final Resources resources;
    private final AllowedNamespaces namespaces;
    private final ListenerTls tls;
    private final Problems problems;

    Listeners(Resources resources, Problems problems) {
        this.resources = resources;
        this.namespaces = new AllowedNamespaces(resources);
        this.tls = new ListenerTls(resources, problems);
        this.problems = problems;
    }

    /** Returns the listeners of all Gateways that are Istio's. */
    List<OpenListener> all() {
        return resources.gateways().stream()
                .filter(this::isIstios)
                .flatMap(this::of)
                .toList();
    }

    private boolean isIstios(KubernetesGateway gateway) {
        if (gateway.className().text().equals(CLASS)) {
            return true;
        }
        problems.add(
                DiagnosticCode.GATEWAY_CLASS,
                gateway.className().place(),
                "nobody here sees to Gateways of the class "
                        + gateway.className().text() + ", so this one takes no effect",
                "Write gatewayClassName: " + CLASS);
        return false;
    }

    private Stream<OpenListener> of(KubernetesGateway gateway) {
        var services = new GatewayServices(resources, problems).of(gateway);
        return new ListenerConflicts(problems)
                .without(gateway.listeners()).stream().map(listener -> open(gateway, listener, services));
    }

    private OpenListener open(KubernetesGateway gateway, Listener listener, List<Service> services) {
        var allowed = namespaces.of(gateway, listener.allowed());
        var hosts = allowed.stream()
                .map(namespace -> new Placed(namespace + "/" + listener.host(), listener.place()))
                .toList();
        return new OpenListener(
                gateway,
                listener,
                allowed,
                server(gateway, listener, hosts).map(server -> gateway(gateway, listener, services, server)));
    }

    private static Gateway gateway(KubernetesGateway owner, Listener listener, List<Service> services, Server server) {
        var ref = owner.ref();
        return new Gateway(
                new ResourceRef(ref.kind(), ref.namespace(), OpenListener.name(owner, listener)),
                listener.place().origin(),
                services.stream().findFirst().map(Service::selector).orElse(Map.of()),
                listener.place(),
                Optional.of(services),
                List.of(server));
    }

    private Optional<Server> server(KubernetesGateway gateway, Listener listener, List<Placed> hosts) {
        return switch (listener.protocol()) {
            case "HTTP" -> Optional.of(server(listener, hosts, Optional.empty()));
            case "HTTPS" ->
                listener.tls()
                        .flatMap(settings -> tls.of(gateway, settings))
                        .map(settings -> server(listener, hosts, Optional.of(settings)));
            default -> {
                problems.add(
                        DiagnosticCode.LISTENER_PROTOCOL,
                        listener.protocolPlace(),
                        "a listener of " + listener.protocol() + " is not opened: this protocol is not supported",
                        "Use HTTP or HTTPS; a Gateway of networking.istio.io does TCP and TLS");
                yield Optional.empty();
            }
        };
    }

    private static Server server(Listener listener, List<Placed> hosts, Optional<ServerTlsSettings> settings) {
        return new Server(
                listener.port(),
                "default",
                Protocol.HTTP,
                hosts,
                false,
                settings,
                listener.place(),
                listener.portPlace());
    }
}
