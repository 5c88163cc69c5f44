package dev.binnacle.testkit;

import dev.binnacle.mesh.explain.WhyRequest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A request while it is described; {@link #from} or {@link #through} ends the description and asks. */
public final class Request {
    private final Mesh mesh;
    private final String method;
    private final String path;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Optional<String> to = Optional.empty();
    private Optional<Integer> port = Optional.empty();

    Request(Mesh mesh, String method, String path) {
        this.mesh = mesh;
        this.method = method;
        this.path = path.startsWith("/") ? path : "/" + path;
    }

    /** Names the host as the client does: {@code catalog}, {@code catalog.shop}, {@code catalog:8080}, {@code example.com}. */
    public Request to(String host) {
        to = Optional.of(host);
        return this;
    }

    /** Names the port; without it, the one in the host, or the Service's only one. */
    public Request port(int number) {
        port = Optional.of(number);
        return this;
    }

    /** Adds a header; {@code host} replaces the one that follows from {@link #to}. */
    public Request header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Sends it from a pod: a Deployment's name or {@code app} label, with or without {@code .namespace}. */
    public RouteAssert from(String caller) {
        String host = to.or(() -> Optional.ofNullable(headers.get("host")))
                .orElseThrow(() -> new IllegalArgumentException("the request for " + path
                        + " names no host: add to(\"catalog\"), or write http://catalog:8080" + path));
        return mesh.explain(new WhyRequest(caller, host, port, path, method, headers));
    }

    /** Sends it from outside through the pods of a Gateway, {@code name} or {@code namespace/name}. */
    public RouteAssert through(String gateway) {
        var found = mesh.manifests().gateways().stream()
                .filter(g -> gateway.equals(g.ref().name())
                        || gateway.equals(g.ref().namespace() + "/" + g.ref().name()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("there is no Gateway " + gateway + " among the manifests"));
        return mesh.manifests().workloads().stream()
                .filter(w -> found.selects(w.namespace(), w.labels()))
                .findFirst()
                .map(w -> from(w.name() + "." + w.namespace()))
                .orElseThrow(() -> new AssertionError("no pod serves the Gateway " + gateway));
    }
}
