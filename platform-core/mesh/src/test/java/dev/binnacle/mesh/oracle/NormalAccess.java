package dev.binnacle.mesh.oracle;

import com.google.protobuf.Any;
import com.google.protobuf.Message;
import dev.binnacle.mesh.xds.ResourcesJson;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager.PathWithEscapedSlashesAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a chain asks of requests or connections before it passes them on: the very filters, in their order. */
final class NormalAccess {
    private static final List<Class<? extends Message>> FILTERS = List.of(
            io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.class, RBAC.class, JwtAuthentication.class);

    /** What both sides do unless they are told otherwise. */
    private static final Set<PathWithEscapedSlashesAction> DEFAULT = Set.of(
            PathWithEscapedSlashesAction.KEEP_UNCHANGED, PathWithEscapedSlashesAction.IMPLEMENTATION_SPECIFIC_DEFAULT);

    private NormalAccess() {}

    static List<Map<String, Object>> of(FilterChain chain, Optional<HttpConnectionManager> manager) {
        return Stream.concat(
                        chain.getFiltersList().stream().map(Filter::getTypedConfig),
                        manager.stream()
                                .flatMap(m -> m.getHttpFiltersList().stream())
                                .map(HttpFilter::getTypedConfig))
                .flatMap(NormalAccess::plain)
                .toList();
    }

    private static Stream<Map<String, Object>> plain(Any filter) {
        var limit = NormalLimits.of(filter);
        return limit.isPresent() ? limit.stream() : message(filter);
    }

    private static Stream<Map<String, Object>> message(Any filter) {
        return FILTERS.stream()
                .flatMap(type -> Protos.unpack(filter, type).stream())
                .map(message -> IstioCase.load(ResourcesJson.json(message)));
    }

    static List<String> paths(HttpConnectionManager manager) {
        var result = new ArrayList<String>();
        if (!manager.getNormalizePath().getValue()) {
            result.add("as they are");
        }
        if (manager.getMergeSlashes()) {
            result.add("slashes merged");
        }
        if (!DEFAULT.contains(manager.getPathWithEscapedSlashesAction())) {
            result.add(manager.getPathWithEscapedSlashesAction().name());
        }
        return result;
    }

    /** Returns the identities that a server accepts besides those of the mesh's own trust domain. */
    static List<String> peers(DownstreamTlsContext context) {
        var validation =
                context.getCommonTlsContext().getCombinedValidationContext().getDefaultValidationContext();
        return validation.getMatchTypedSubjectAltNamesList().stream()
                .map(san -> NormalHeaders.text(san.getMatcher()))
                .filter(text -> !text.equals("prefix spiffe://cluster.local/"))
                .distinct()
                .sorted()
                .toList();
    }
}
