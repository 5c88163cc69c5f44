package dev.binnacle.mesh.explain;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.ir.Route;
import dev.binnacle.mesh.ir.RouteAction.Body;
import dev.binnacle.mesh.ir.RouteAction.DirectResponse;
import dev.binnacle.mesh.ir.RouteAction.Forward;
import dev.binnacle.mesh.ir.RouteAction.PassThrough;
import dev.binnacle.mesh.ir.RouteAction.Redirect;
import dev.binnacle.mesh.ir.RouteAction.Rewrite;
import dev.binnacle.mesh.ir.RouteAction.Tunnel;
import dev.binnacle.mesh.ir.RouteMatch.PathMatch;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Works out what a route does to a request, as Envoy does. */
final class Outcome {
    private static final String SCHEME = "http";

    private final RequestPath path;
    private final String host;

    Outcome(RequestPath path, String host) {
        this.path = path;
        this.host = host;
    }

    Effects of(Route route) {
        var effects = switch (route.action()) {
            case Forward forward -> forwarded(route, forward);
            case PassThrough passThrough -> Effects.passed(path.toString(), host);
            case Tunnel tunnel -> Effects.passed(path.toString(), host);
            case Redirect redirect -> redirected(route, redirect);
            case DirectResponse(int status, Body body) -> Effects.answered(status, text(body), route.headers());
        };
        return effects.after(route);
    }

    private Effects redirected(Route route, Redirect redirect) {
        return Effects.redirected(redirect.status(), location(route.match().path(), redirect), route.headers());
    }

    private static String text(Body body) {
        return switch (body) {
            case Body.Text(String text) -> text;
            case Body.Bytes(String base64) -> new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        };
    }

    /** Returns where a virtual host that accepts HTTPS only sends those who come without: the port stays as it was asked. */
    Effects toHttps() {
        return Effects.redirected(301, "https://" + host + path, dev.binnacle.mesh.ir.HeaderChanges.NONE);
    }

    private Effects forwarded(Route route, Forward forward) {
        return new Effects(
                null,
                null,
                null,
                rewritten(route.match().path(), forward.rewrite()),
                forward.rewrite().host().orElse(host),
                forward.timeout().orElse(null),
                forward.retries().map(Outcome::retries).orElse(null),
                null,
                forward.mirrors().stream().map(Effects.Copy::of).toList(),
                false,
                route.headers());
    }

    private static Effects.Retries retries(dev.binnacle.mesh.ir.RouteAction.Retries retries) {
        return new Effects.Retries(
                retries.attempts(),
                retries.conditions(),
                retries.statusCodes(),
                retries.perTry().orElse(null),
                retries.backoff().orElse(null));
    }

    private String rewritten(PathMatch match, Rewrite rewrite) {
        if (rewrite.regex().isPresent()) {
            var regex = rewrite.regex().get();
            String substitution = regex.substitution().replace("$", "\\$").replaceAll("\\\\([0-9])", "\\$$1");
            return Pattern.compile(regex.regex()).matcher(path.path()).replaceAll(substitution) + path.query();
        }
        return rewrite.prefix().map(prefix -> prefixed(match, prefix)).orElse(path.toString());
    }

    private String prefixed(PathMatch match, String prefix) {
        return prefix + path.path().substring(matched(match)) + path.query();
    }

    /** Returns how much of the path a condition took: all of it, unless it was about the beginning. */
    private int matched(PathMatch match) {
        return switch (match) {
            case PathMatch.Prefix(String prefix, boolean fold) -> prefix.length();
            case PathMatch.Segments(String prefix) -> prefix.length();
            case PathMatch.Exact exact -> path.path().length();
            case PathMatch.Regex regex -> path.path().length();
            case PathMatch.Connect tunnel -> path.path().length();
        };
    }

    private String location(PathMatch match, Redirect redirect) {
        String scheme = redirect.scheme().orElse(SCHEME);
        String port = redirect.port().map(number -> ":" + number).orElse("");
        String authority = redirect.host().orElseGet(() -> requestedHost(scheme, port));
        String target = redirect.path()
                .map(this::redirectPath)
                .or(() -> redirect.prefix().map(prefix -> prefixed(match, prefix)))
                .orElse(path.toString());
        return scheme + "://" + authority + port + (target.startsWith("/") ? "" : "/") + target;
    }

    private String redirectPath(String wanted) {
        return wanted.contains("?") ? wanted : wanted + path.query();
    }

    /** The port goes when another is named, and when it is the default of a scheme that is left. */
    private String requestedHost(String scheme, String port) {
        if (!port.isEmpty()) {
            return DomainSearch.withoutPort(host);
        }
        return scheme.equals(SCHEME) ? host : withoutPort(":80");
    }

    private String withoutPort(String port) {
        return host.toLowerCase(Locale.ROOT).endsWith(port) ? host.substring(0, host.length() - port.length()) : host;
    }
}
