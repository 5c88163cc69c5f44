package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.gatewayapi.GatewayApiKinds;
import dev.binnacle.mesh.gatewayapi.HttpRoute;
import dev.binnacle.mesh.gatewayapi.HttpRoute.Parent;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Spelling;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what routes are attached to, and says why they are not to what they name. */
final class Parents {
    private final Resources resources;
    private final List<OpenListener> listeners;
    private final Problems problems;

    Parents(Resources resources, List<OpenListener> listeners, Problems problems) {
        this.resources = resources;
        this.listeners = listeners;
        this.problems = problems;
    }

    /** Returns the listeners and Services that take a route. */
    List<Attachment> of(HttpRoute route) {
        if (route.parents().isEmpty()) {
            problems.add(
                    DiagnosticCode.UNKNOWN_PARENT,
                    route.place(),
                    "the route names no parent, so no request gets to it",
                    "Name a Gateway or a Service: parentRefs");
        }
        return route.parents().stream()
                .flatMap(parent -> attachments(route, parent))
                .sorted(Comparator.comparing(Attachment::gateway))
                .toList();
    }

    private Stream<Attachment> attachments(HttpRoute route, Parent parent) {
        if (parent.to().isTo(GatewayApiKinds.GROUP, "Gateway")) {
            return atGateway(route, parent);
        }
        if (parent.to().isTo("", "Service")) {
            return atService(route, parent).stream();
        }
        problems.add(
                DiagnosticCode.UNKNOWN_PARENT,
                parent.to().place(),
                "nothing attaches routes to a " + parent.to().title(),
                "Name a Gateway, or a Service with group: \"\" and kind: Service");
        return Stream.empty();
    }

    private Optional<Attachment> atService(HttpRoute route, Parent parent) {
        String name = parent.to().name();
        String host = name + "." + parent.to().namespaceFrom(route.ref().namespace()) + ".svc." + Service.DOMAIN;
        if (resources.service(host).isEmpty()) {
            problems.add(
                    DiagnosticCode.UNKNOWN_PARENT,
                    parent.to().place(),
                    "there is no Service " + host,
                    "Correct the name or the namespace");
            return Optional.empty();
        }
        return Optional.of(Attachment.ofService(host, parent.port(), parent.to().place()));
    }

    private Stream<Attachment> atGateway(HttpRoute route, Parent parent) {
        var own = listeners.stream()
                .filter(listener ->
                        listener.owner().ref().name().equals(parent.to().name())
                                && listener.owner()
                                        .ref()
                                        .namespace()
                                        .equals(parent.to()
                                                .namespaceFrom(route.ref().namespace())))
                .toList();
        if (own.isEmpty()) {
            reportUnknown(route, parent);
            return Stream.empty();
        }
        var meant = own.stream().filter(listener -> isMeant(parent, listener)).toList();
        if (meant.isEmpty()) {
            problems.add(
                    DiagnosticCode.UNKNOWN_PARENT,
                    parent.to().place(),
                    "the Gateway has no listener"
                            + parent.listener().map(name -> " " + name).orElse("")
                            + parent.port().map(port -> " at port " + port).orElse(""),
                    "Its listeners are "
                            + Spelling.listed(own.stream()
                                    .map(listener -> listener.listener().name())
                                    .toList()));
            return Stream.empty();
        }
        var taking = meant.stream().filter(listener -> takes(listener, route)).toList();
        if (taking.isEmpty()) {
            reportDenied(route, parent, meant);
        }
        return taking.stream().map(listener -> attachment(listener, own, parent));
    }

    private static boolean isMeant(Parent parent, OpenListener listener) {
        return parent.listener().map(listener.listener().name()::equals).orElse(true)
                && parent.port().map(port -> port == listener.listener().port()).orElse(true);
    }

    private static boolean takes(OpenListener listener, HttpRoute route) {
        return listener.takesHttpRoutes()
                && listener.isFor(route.ref().namespace())
                && listener.isFor(hostnames(route));
    }

    private static List<String> hostnames(HttpRoute route) {
        return route.hostnames().stream().map(Placed::text).toList();
    }

    private static Attachment attachment(OpenListener listener, List<OpenListener> own, Parent parent) {
        var others = own.stream()
                .filter(other -> other.listener().port() == listener.listener().port()
                        && other.listener()
                                .protocol()
                                .equals(listener.listener().protocol()))
                .map(other -> other.listener().hostname().orElse(""))
                .filter(hostname ->
                        !hostname.equals(listener.listener().hostname().orElse("")))
                .toList();
        return new Attachment(
                listener.id(),
                Optional.empty(),
                Optional.empty(),
                listener.listener().hostname(),
                others,
                parent.to().place());
    }

    private void reportUnknown(HttpRoute route, Parent parent) {
        var known = listeners.stream()
                .map(listener -> listener.owner().ref().namespace() + "/"
                        + listener.owner().ref().name())
                .distinct()
                .toList();
        problems.add(
                DiagnosticCode.UNKNOWN_PARENT,
                parent.to().place(),
                "there is no Gateway " + parent.to().namespaceFrom(route.ref().namespace()) + "/"
                        + parent.to().name() + " of the class " + Listeners.CLASS,
                known.isEmpty() ? "Define it" : "Known Gateways are " + Spelling.listed(known));
    }

    /** Says of the listener that comes nearest what is against it. */
    private void reportDenied(HttpRoute route, Parent parent, List<OpenListener> meant) {
        var ofKind = meant.stream().filter(OpenListener::takesHttpRoutes).toList();
        var ofHost = ofKind.stream()
                .filter(listener -> listener.isFor(hostnames(route)))
                .toList();
        if (ofKind.isEmpty()) {
            problems.add(
                    DiagnosticCode.ROUTE_NOT_ALLOWED,
                    parent.to().place(),
                    "no listener of the Gateway takes HTTPRoutes: "
                            + meant.getFirst().listener().place().origin(),
                    "Attach it to a listener of HTTP or HTTPS that allows the kind");
        } else if (ofHost.isEmpty()) {
            problems.add(
                    DiagnosticCode.HOSTNAMES_APART,
                    parent.to().place(),
                    "the listener is for " + ofKind.getFirst().listener().host() + ", the route for "
                            + hostnames(route),
                    "Give the route a host that the listener has, or the listener one of the route's");
        } else {
            problems.add(
                    DiagnosticCode.ROUTE_NOT_ALLOWED,
                    parent.to().place(),
                    "the listener takes no routes from the namespace "
                            + route.ref().namespace() + ", only from "
                            + ofHost.getFirst().namespaces(),
                    "Allow it there ("
                            + ofHost.getFirst().listener().allowed().place().origin()
                            + "): allowedRoutes: {namespaces: {from: All}}");
        }
    }
}
