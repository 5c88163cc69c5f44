package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Listener;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.istio.gateway.Gateway;
import dev.binnacle.mesh.istio.gateway.Gateway.Server;
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
    private final Problems problems;

    Listeners(Resources resources, Problems problems) {
        this.resources = resources;
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
        return gateway.listeners().stream().map(listener -> open(gateway, listener, services));
    }

    private OpenListener open(KubernetesGateway gateway, Listener listener, List<Service> services) {
        var namespaces = namespaces(gateway, listener);
        return new OpenListener(
                gateway,
                listener,
                namespaces,
                server(listener, namespaces)
                        .map(server -> new Gateway(
                                new ResourceRef(
                                        gateway.ref().kind(),
                                        gateway.ref().namespace(),
                                        OpenListener.name(gateway, listener)),
                                listener.place().origin(),
                                services.stream()
                                        .findFirst()
                                        .map(Service::selector)
                                        .orElse(Map.of()),
                                listener.place(),
                                Optional.of(services),
                                List.of(server))));
    }

    private Optional<Server> server(Listener listener, List<String> namespaces) {
        if (!listener.protocol().equals("HTTP")) {
            problems.add(
                    DiagnosticCode.LISTENER_PROTOCOL,
                    listener.protocolPlace(),
                    "a listener of " + listener.protocol() + " is not opened: this protocol is not supported",
                    "Use HTTP");
            return Optional.empty();
        }
        return Optional.of(new Server(
                listener.port(),
                "default",
                Protocol.HTTP,
                namespaces.stream()
                        .map(namespace -> new Placed(namespace + "/" + listener.host(), listener.place()))
                        .toList(),
                false,
                Optional.empty(),
                listener.place(),
                listener.portPlace()));
    }

    private static List<String> namespaces(KubernetesGateway gateway, Listener listener) {
        return switch (listener.allowed().namespaces()) {
            case "All" -> List.of(OpenListener.EVERY);
            default -> List.of(gateway.ref().namespace());
        };
    }
}
