package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Address;
import dev.binnacle.mesh.kubernetes.Service;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the Services whose pods are a Gateway: Istio looks in the Gateway's own namespace only. */
final class GatewayServices {
    private final Resources resources;
    private final Problems problems;

    GatewayServices(Resources resources, Problems problems) {
        this.resources = resources;
        this.problems = problems;
    }

    List<Service> of(KubernetesGateway gateway) {
        if (isDeployed(gateway)) {
            return deployed(gateway).stream().toList();
        }
        return gateway.addresses().stream()
                .flatMap(address -> at(gateway, address))
                .toList();
    }

    /** Without the host of a Service, Istio deploys a gateway of its own. */
    private static boolean isDeployed(KubernetesGateway gateway) {
        return gateway.addresses().isEmpty()
                || gateway.addresses().size() == 1
                        && gateway.addresses().getFirst().type().equals("IPAddress");
    }

    private Optional<Service> deployed(KubernetesGateway gateway) {
        String name = gateway.ref().name() + "-" + gateway.className().text();
        var service = resources.service(host(name, gateway));
        if (service.isEmpty()) {
            problems.add(
                    DiagnosticCode.GATEWAY_NOT_DEPLOYED,
                    gateway.place(),
                    "in a cluster Istio deploys a gateway for it, the Deployment and the Service " + name
                            + "; here nobody does, so it takes no effect",
                    "Name the Service of a gateway in the namespace "
                            + gateway.ref().namespace()
                            + ": addresses: [{type: Hostname, value: SERVICE}]; or write the two yourself");
        }
        return service;
    }

    private Stream<Service> at(KubernetesGateway gateway, Address address) {
        if (!address.isHostname()) {
            problems.add(
                    DiagnosticCode.GATEWAY_ADDRESS,
                    address.place(),
                    "Istio takes addresses of the type Hostname only, and ignores the " + address.type() + " "
                            + address.value(),
                    "Remove it");
            return Stream.empty();
        }
        String host = host(address.value(), gateway);
        var service = resources.service(host);
        if (service.filter(found -> isOwn(found, gateway)).isEmpty()) {
            problems.add(
                    DiagnosticCode.GATEWAY_ADDRESS,
                    address.place(),
                    service.map(found -> "the Service " + host + " is in the namespace "
                                    + found.ref().namespace() + ", and Istio looks for it in the Gateway's own")
                            .orElse("there is no Service " + host),
                    service.map(found -> "Put the Gateway into the namespace "
                                    + found.ref().namespace())
                            .orElse("Name the Service of a gateway in the namespace "
                                    + gateway.ref().namespace()));
        }
        return service.filter(found -> isOwn(found, gateway)).stream();
    }

    private static boolean isOwn(Service service, KubernetesGateway gateway) {
        return service.ref().namespace().equals(gateway.ref().namespace());
    }

    private static String host(String name, KubernetesGateway gateway) {
        return name.contains(".") ? name : name + "." + gateway.ref().namespace() + ".svc." + Service.DOMAIN;
    }
}
