package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.gatewayapi.GatewayApiKinds;
import dev.binnacle.mesh.gatewayapi.HttpRoute;
import dev.binnacle.mesh.gatewayapi.Reference;
import dev.binnacle.mesh.gatewayapi.ReferenceGrant.From;
import dev.binnacle.mesh.ir.HeaderChanges;
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
     * Returns the host that a reference of a route means; the empty one when the route may not refer to it, or when there is
     * nothing of the kind.
     *
     * @param permitted whether the namespaces of others need not permit it
     */
    String host(HttpRoute route, Reference to, boolean permitted) {
        String namespace = to.namespaceFrom(route.ref().namespace());
        if (!permitted && !isPermitted(route, to, namespace)) {
            problems.add(
                    DiagnosticCode.REFERENCE_NOT_PERMITTED,
                    to.place(),
                    "no ReferenceGrant in the namespace " + namespace + " permits HTTPRoutes of "
                            + route.ref().namespace() + " to refer to the " + to.kind() + " " + to.name()
                            + "; its requests get 500",
                    "Add one there: from HTTPRoute in " + route.ref().namespace() + ", to " + to.kind());
            return NOWHERE;
        }
        if (to.isTo("", "Service") || to.isTo("multicluster.x-k8s.io", "ServiceImport")) {
            return to.name() + "." + namespace + ".svc." + Service.DOMAIN;
        }
        if (to.isTo(ISTIO, "Hostname")) {
            return to.name();
        }
        problems.add(
                DiagnosticCode.BACKEND_KIND,
                to.place(),
                "Istio sends requests to no " + to.title() + "; they get 500",
                "Refer to a Service");
        return NOWHERE;
    }

    private boolean isPermitted(HttpRoute route, Reference to, String namespace) {
        var who = new From(GatewayApiKinds.GROUP, "HTTPRoute", route.ref().namespace());
        return namespace.equals(route.ref().namespace())
                || resources.grants().stream()
                        .anyMatch(grant -> grant.ref().namespace().equals(namespace) && grant.permits(who, to));
    }

    static Destination destination(
            String host, Reference to, Optional<Integer> port, int weight, Optional<Headers> changes) {
        return new Destination(
                host,
                "",
                port,
                weight,
                changes.map(Headers::changes).orElse(HeaderChanges.NONE),
                changes.flatMap(Headers::authority),
                to.place(),
                to.place(),
                to.place());
    }
}
