package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Hashing;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.ConnectionProperties;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.Cookie;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.CookieAttribute;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.Header;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy.QueryParameter;

/** Renders what routes hash of a request. */
final class HashRenderer {
    private HashRenderer() {}

    static HashPolicy render(Hashing hashing) {
        var result = HashPolicy.newBuilder();
        switch (hashing) {
            case Hashing.Header(String name) ->
                result.setHeader(Header.newBuilder().setHeaderName(name));
            case Hashing.Cookie cookie -> result.setCookie(cookie(cookie));
            case Hashing.SourceIp sourceIp ->
                result.setConnectionProperties(ConnectionProperties.newBuilder().setSourceIp(true));
            case Hashing.QueryParameter(String name) ->
                result.setQueryParameter(QueryParameter.newBuilder().setName(name));
        }
        return result.build();
    }

    private static Cookie cookie(Hashing.Cookie cookie) {
        var result = Cookie.newBuilder().setName(cookie.name()).setPath(cookie.path());
        cookie.ttl().map(Protos::duration).ifPresent(result::setTtl);
        cookie.attributes()
                .forEach(attribute -> result.addAttributes(
                        CookieAttribute.newBuilder().setName(attribute.name()).setValue(attribute.value())));
        return result.build();
    }
}
