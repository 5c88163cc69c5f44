package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.gatewayapi.HttpRoute;
import dev.binnacle.mesh.gatewayapi.HttpRoute.Mirror;
import dev.binnacle.mesh.gatewayapi.HttpRoute.PathChange;
import dev.binnacle.mesh.gatewayapi.HttpRoute.Rule;
import dev.binnacle.mesh.gatewayapi.HttpRoute.UrlRewrite;
import dev.binnacle.mesh.gatewayapi.Texts;
import dev.binnacle.mesh.ir.RouteAction.Body;
import dev.binnacle.mesh.ir.RouteAction.DirectResponse;
import dev.binnacle.mesh.ir.RouteAction.RegexRewrite;
import dev.binnacle.mesh.ir.RouteAction.Rewrite;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import dev.binnacle.mesh.istio.Condition;
import dev.binnacle.mesh.istio.Treatment;
import dev.binnacle.mesh.istio.Treatment.Mirroring;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.istio.VirtualService.Match;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Converts the rules of routes: each of its conditions makes a rule of its own, so that all can be put into order. */
final class Rules {
    private static final int INTERNAL_ERROR = 500;
    private static final String ROOT = "/";

    private final Backends backends;

    Rules(Backends backends) {
        this.backends = backends;
    }

    /** Returns the rules of a route for what it is attached to; empty when Istio leaves out the whole route. */
    Optional<List<HttpRule>> of(HttpRoute route, Attachment parent) {
        var result = new ArrayList<HttpRule>();
        boolean whole = true;
        for (int i = 0; i < route.rules().size(); i++) {
            var rule = route.rules().get(i);
            String name = rule.name().isEmpty()
                    ? route.ref().namespace() + "." + route.ref().name() + "." + i
                    : rule.name();
            var to = destinations(route, rule, parent);
            whole &= to.isPresent();
            to.ifPresent(all ->
                    conditions(rule).forEach(condition -> result.add(rule(rule, name, condition, all, route, parent))));
        }
        return whole ? Optional.of(List.copyOf(result)) : Optional.empty();
    }

    private static Stream<Optional<Rule.Placed>> conditions(Rule rule) {
        return rule.conditions().isEmpty()
                ? Stream.of(Optional.empty())
                : rule.conditions().stream().map(Optional::of);
    }

    private Optional<List<Destination>> destinations(HttpRoute route, Rule rule, Attachment parent) {
        var wanted =
                rule.backends().stream().filter(backend -> backend.weight() > 0).toList();
        var found = wanted.stream()
                .flatMap(backend -> backends.destination(route, backend, parent.isMesh()).stream())
                .toList();
        return found.size() == wanted.size() ? Optional.of(found) : Optional.empty();
    }

    private HttpRule rule(
            Rule rule,
            String name,
            Optional<Rule.Placed> condition,
            List<Destination> to,
            HttpRoute route,
            Attachment parent) {
        return new HttpRule(
                name,
                rule.place(),
                matches(condition, parent),
                to,
                rule.filters().redirect(),
                Optional.empty(),
                treatment(rule, condition, to.isEmpty(), route, parent));
    }

    private Treatment treatment(
            Rule rule, Optional<Rule.Placed> condition, boolean nobody, HttpRoute route, Attachment parent) {
        var filters = rule.filters();
        boolean fails = nobody && filters.redirect().isEmpty();
        return new Treatment(
                fails ? Optional.of(new DirectResponse(INTERNAL_ERROR, Body.EMPTY)) : Optional.empty(),
                filters.rewrite().map(change -> rewrite(change, condition.map(Rule.Placed::condition))),
                rule.timeout(),
                Optional.empty(),
                Optional.empty(),
                mirroring(filters.mirrors(), route, parent),
                filters.cors(),
                filters.headers());
    }

    private Mirroring mirroring(List<Mirror> mirrors, HttpRoute route, Attachment parent) {
        return new Mirroring(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                mirrors.stream()
                        .flatMap(mirror -> backends.copy(route, mirror, parent.isMesh()).stream())
                        .toList());
    }

    private static List<Match> matches(Optional<Rule.Placed> condition, Attachment parent) {
        if (condition.isEmpty() && parent.port().isEmpty()) {
            return List.of();
        }
        var place = condition.map(Rule.Placed::place).orElse(parent.place());
        return List.of(new Match(
                "",
                place,
                condition.map(Rule.Placed::condition).orElse(Condition.ANY),
                parent.port(),
                Map.of(),
                Optional.empty(),
                Set.of()));
    }

    private static Rewrite rewrite(UrlRewrite change, Optional<Condition> condition) {
        var path = change.path();
        return new Rewrite(path.flatMap(Rules::prefix), path.flatMap(p -> regex(p, condition)), change.host());
    }

    private static Optional<String> prefix(PathChange change) {
        return change instanceof PathChange.Prefix(String path)
                ? Optional.of(trimmed(path)).filter(text -> !text.equals(ROOT))
                : Optional.empty();
    }

    /** To remove a prefix leaves the slash that follows it, or makes one. */
    private static Optional<RegexRewrite> regex(PathChange change, Optional<Condition> condition) {
        return switch (change) {
            case PathChange.Whole(String path) -> Optional.of(new RegexRewrite("/.*", path));
            case PathChange.Prefix(String path)
            when trimmed(path).equals(ROOT) ->
                Optional.of(new RegexRewrite("^" + prefixOf(condition) + "(/?)(.*)", "/\\2"));
            case PathChange.Prefix prefix -> Optional.empty();
        };
    }

    private static String prefixOf(Optional<Condition> condition) {
        return condition.flatMap(Condition::uri).orElse(new TextMatch.Present())
                                instanceof TextMatch.Prefix(String path)
                        && !path.equals(ROOT)
                ? Texts.quoted(path)
                : "";
    }

    private static String trimmed(String path) {
        String result = path.endsWith(ROOT) ? path.substring(0, path.length() - 1) : path;
        return result.isEmpty() ? ROOT : result;
    }
}
