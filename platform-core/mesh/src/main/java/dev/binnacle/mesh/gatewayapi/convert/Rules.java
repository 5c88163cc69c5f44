package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.gatewayapi.HttpRoute;
import dev.binnacle.mesh.gatewayapi.HttpRoute.Backend;
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
import dev.binnacle.mesh.istio.Treatment.Copy;
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

    /** Returns the rules of a route for what it is attached to; empty when none of them takes effect. */
    Optional<List<HttpRule>> of(HttpRoute route, Attachment parent) {
        var result = new ArrayList<HttpRule>();
        for (int i = 0; i < route.rules().size(); i++) {
            var rule = route.rules().get(i);
            var conditions = rule.conditions().isEmpty()
                    ? Stream.of(Optional.<Rule.Placed>empty())
                    : rule.conditions().stream().map(Optional::of);
            String name = rule.name().isEmpty()
                    ? route.ref().namespace() + "." + route.ref().name() + "." + i
                    : rule.name();
            conditions.forEach(condition -> result.add(rule(route, rule, name, condition, parent)));
        }
        return Optional.of(List.copyOf(result));
    }

    private HttpRule rule(HttpRoute route, Rule rule, String name, Optional<Rule.Placed> condition, Attachment parent) {
        var to = rule.backends().stream()
                .filter(backend -> backend.weight() > 0)
                .map(backend -> destination(route, backend, parent))
                .toList();
        boolean nobody = to.isEmpty() && rule.filters().redirect().isEmpty();
        return new HttpRule(
                name,
                rule.place(),
                matches(condition, parent),
                to,
                rule.filters().redirect(),
                Optional.empty(),
                new Treatment(
                        nobody ? Optional.of(new DirectResponse(INTERNAL_ERROR, Body.EMPTY)) : Optional.empty(),
                        rule.filters().rewrite().map(change -> rewrite(change, condition.map(Rule.Placed::condition))),
                        rule.timeout(),
                        Optional.empty(),
                        Optional.empty(),
                        new Mirroring(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                rule.filters().mirrors().stream()
                                        .map(mirror -> copy(route, mirror, parent))
                                        .toList()),
                        rule.filters().cors(),
                        rule.filters().headers()));
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

    private Destination destination(HttpRoute route, Backend backend, Attachment parent) {
        return Backends.destination(
                backends.host(route, backend.to(), parent.isMesh()),
                backend.to(),
                backend.port(),
                backend.weight(),
                backend.headers());
    }

    private Copy copy(HttpRoute route, Mirror mirror, Attachment parent) {
        var to = Backends.destination(
                backends.host(route, mirror.to(), parent.isMesh()), mirror.to(), mirror.port(), 1, Optional.empty());
        return new Copy(to, mirror.share());
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
