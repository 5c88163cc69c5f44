package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Cors;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.Share;
import dev.binnacle.mesh.istio.Condition;
import dev.binnacle.mesh.istio.Treatment.Headers;
import dev.binnacle.mesh.istio.VirtualService.Redirect;
import dev.binnacle.mesh.schema.Resource;
import dev.binnacle.mesh.schema.Section.Placed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Where requests go that come through a Gateway, or to a Service.
 *
 * @param parents the Gateways and Services
 * @param hostnames none for every one that a parent has
 * @param rules in the order written, which counts only between rules of which none is more exact
 */
public record HttpRoute(ResourceRef ref, Origin origin, List<Parent> parents, List<Placed> hostnames, List<Rule> rules)
        implements Resource {
    public HttpRoute {
        parents = List.copyOf(parents);
        hostnames = List.copyOf(hostnames);
        rules = List.copyOf(rules);
    }

    /**
     * What it is attached to.
     *
     * @param listener the name of the only listener that is meant
     * @param port the only port that is meant
     */
    public record Parent(Reference to, Optional<String> listener, Optional<Integer> port) {}

    /**
     * One rule.
     *
     * @param name empty when it has none
     * @param conditions of which one must hold; none for every request
     */
    public record Rule(
            String name,
            Place place,
            List<Placed> conditions,
            Filters filters,
            List<Backend> backends,
            Optional<Duration> timeout) {
        /** A condition with its place. */
        public record Placed(Condition condition, Place place) {}
    }

    /** What is done to requests and responses. */
    public record Filters(
            Optional<Headers> headers,
            Optional<Redirect> redirect,
            Optional<UrlRewrite> rewrite,
            List<Mirror> mirrors,
            Optional<Cors> cors) {}

    /** A change of the host and of the path. */
    public record UrlRewrite(Optional<String> host, Optional<PathChange> path) {}

    /** A change of the path. */
    public sealed interface PathChange {
        /** The whole path. */
        record Whole(String path) implements PathChange {}

        /** The part of the path that the condition is about. */
        record Prefix(String path) implements PathChange {}
    }

    /** Who gets copies of a share of the requests. */
    public record Mirror(Reference to, Optional<Integer> port, Share share) {}

    /**
     * Who gets a share of the requests.
     *
     * @param others types of filters that backends cannot have
     */
    public record Backend(
            Reference to, Optional<Integer> port, int weight, Optional<Headers> headers, List<Placed> others) {}
}
