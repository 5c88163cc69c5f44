package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.gatewayapi.HttpRoute;
import dev.binnacle.mesh.gatewayapi.HttpRoute.Backend;
import dev.binnacle.mesh.gatewayapi.HttpRoute.Mirror;
import dev.binnacle.mesh.gatewayapi.Reference;
import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.istio.Treatment.Copy;
import dev.binnacle.mesh.istio.Treatment.Headers;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.kubernetes.Service;
import java.util.Optional;

/** Finds the destinations that backends mean. */
final class Backends {
    private static final String ISTIO = "networking.istio.io";

    /** No host: nothing is there, so requests get 500. */
    private static final String NOWHERE = "";

    private final Resources resources;
    private final Problems problems;

    Backends(Resources resources, Problems problems) {
        this.resources = resources;
        this.problems = problems;
    }

    /**
     * Returns the host that a reference of a route means: the empty one when the route may not refer to it, or when there is
     * nothing of the kind. Nothing at all is returned when Istio leaves out the whole route for it.
     *
     * @param permitted whether the namespaces of others need not permit it
     */
    Optional<String> host(HttpRoute route, Reference to, Optional<Integer> port, boolean permitted) {
        String namespace = to.namespaceFrom(route.ref().namespace());
        if (!permitted && !resources.permits("HTTPRoute", route.ref().namespace(), to)) {
            problems.add(
                    DiagnosticCode.REFERENCE_NOT_PERMITTED,
                    to.place(),
                    "no ReferenceGrant in the namespace " + namespace + " permits HTTPRoutes of "
                            + route.ref().namespace() + " to refer to the " + to.kind() + " " + to.name()
                            + "; its requests get 500",
                    "Add one there: from HTTPRoute in " + route.ref().namespace() + ", to " + to.kind());
            return Optional.of(NOWHERE);
        }
        if (!isOfService(to) && !to.isTo(ISTIO, "Hostname")) {
            problems.add(
                    DiagnosticCode.BACKEND_KIND,
                    to.place(),
                    "Istio sends requests to no " + to.title() + "; they get 500",
                    "Refer to a Service");
            return Optional.of(NOWHERE);
        }
        return problem(to, port)
                .map(why -> refuse(to.place(), why))
                .orElseGet(() -> Optional.of(
                        isOfService(to) ? to.name() + "." + namespace + ".svc." + Service.DOMAIN : to.name()));
    }

    private static boolean isOfService(Reference to) {
        return to.isTo("", "Service") || to.isTo("multicluster.x-k8s.io", "ServiceImport");
    }

    private static Optional<String> problem(Reference to, Optional<Integer> port) {
        if (to.isTo("", "Service") && to.name().contains(".")) {
            return Optional.of("a Service is referred to by its name, and " + to.name() + " is a host");
        }
        if (to.isTo(ISTIO, "Hostname") && to.namespace().isPresent()) {
            return Optional.of("a host is in no namespace");
        }
        return port.isEmpty() ? Optional.of("the backend has no port") : Optional.empty();
    }

    private Optional<String> refuse(Place at, String why) {
        problems.add(
                DiagnosticCode.BACKEND_REFUSED,
                at,
                why + "; as in Istio the whole route takes no effect",
                "Correct it; the other rules of the route take no effect until then");
        return Optional.empty();
    }

    /** Returns the destination of a backend; empty when Istio leaves out the whole route for it. */
    Optional<Destination> destination(HttpRoute route, Backend backend, boolean permitted) {
        var strange = backend.others().stream().findFirst();
        return strange.isPresent()
                ? refuse(
                                strange.get().place(),
                                "a backend has no filter " + strange.get().text())
                        .map(host -> destination(host, backend.to(), backend.port(), 1, Optional.empty()))
                : host(route, backend.to(), backend.port(), permitted)
                        .map(host ->
                                destination(host, backend.to(), backend.port(), backend.weight(), backend.headers()));
    }

    /** Returns who gets copies; empty when there is nobody. */
    Optional<Copy> copy(HttpRoute route, Mirror mirror, boolean permitted) {
        return host(route, mirror.to(), mirror.port(), permitted)
                .filter(host -> !host.isEmpty() && isThere(route, mirror.to(), host))
                .map(host ->
                        new Copy(destination(host, mirror.to(), mirror.port(), 1, Optional.empty()), mirror.share()));
    }

    /** Where a reference is to a host, Istio looks for it in the route's own namespace. */
    private boolean isThere(HttpRoute route, Reference to, String host) {
        String namespace = to.namespaceFrom(route.ref().namespace());
        boolean found = resources
                        .service(host)
                        .filter(service -> service.ref().namespace().equals(namespace))
                        .isPresent()
                || !isOfService(to)
                        && resources.serviceEntries().stream()
                                .filter(entry -> entry.ref().namespace().equals(namespace))
                                .flatMap(entry -> entry.hosts().stream())
                                .anyMatch(known -> known.text().equals(host));
        if (!found) {
            problems.add(
                    DiagnosticCode.UNKNOWN_HOST,
                    to.place(),
                    "no Service or ServiceEntry has the host " + host + "; its copies are lost",
                    "Correct the name, or define it by a Service or a ServiceEntry");
        }
        return found;
    }

    private static Destination destination(
            String host, Reference to, Optional<Integer> port, int weight, Optional<Headers> changes) {
        return new Destination(
                host,
                "",
                host.isEmpty() ? Optional.empty() : port,
                weight,
                changes.map(Headers::changes).orElse(HeaderChanges.NONE),
                changes.flatMap(Headers::authority),
                to.place(),
                to.place(),
                to.place());
    }
}
