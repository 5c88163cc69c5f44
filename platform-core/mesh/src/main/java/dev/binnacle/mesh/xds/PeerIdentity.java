package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Identity;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.route.v3.FilterConfig;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.envoyproxy.envoy.extensions.filters.http.header_to_metadata.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a server's proxy learns which workload is calling.
 *
 * <p>With mutual TLS from the client's certificate, whose subject the mesh's CA writes, so that nobody can claim another's
 * name. Without, from headers that the client's proxy sets; they are as trustworthy as plaintext is, and are taken off the
 * request before the application sees it.
 */
final class PeerIdentity {
    /** Prefix of the filter state's keys. */
    static final String KEY = "mesh.peer.";

    /** Namespace of the dynamic metadata. */
    static final String NAMESPACE = "mesh.peer";

    private static final String INTRODUCTION = "envoy.filters.http.header_mutation";
    private static final String HEADER = "x-mesh-peer-";
    private static final String SUBJECT = "connection.subject_peer_certificate";

    private static final String WORKLOAD = extract("CN=([^,]+)");
    private static final String VERSION = extract(",OU=([^,]+),OU=");
    private static final String APP = extract(",OU=[^,]+,OU=([^,]+)");

    private PeerIdentity() {}

    /** Returns the network filter that reads the client's certificate once for each connection. */
    static Filter fromCertificate() {
        var values = Map.of(
                "on_downstream_tls_handshake",
                List.of(
                        filterState("workload", cel(WORKLOAD)),
                        filterState("namespace", cel(extract(",O=([^,]+)"))),
                        filterState("version", cel(VERSION)),
                        filterState("canonical_revision", cel(known(VERSION, "'latest'"))),
                        filterState("app", cel(APP)),
                        filterState("canonical_service", cel(known(APP, WORKLOAD))),
                        filterState("cluster", StatsTags.CLUSTER)));
        return Filter.newBuilder()
                .setName("envoy.filters.network.set_filter_state")
                .setTypedConfig(
                        Protos.typedStruct("envoy.extensions.filters.network.set_filter_state.v3.Config", values))
                .build();
    }

    /** Returns the HTTP filter that takes the peer's headers off a request and remembers them. */
    static HttpFilter fromHeaders() {
        var config = Config.newBuilder();
        for (String key : StatsTags.PEER_KEYS.values()) {
            config.addRequestRules(Config.Rule.newBuilder()
                    .setHeader(header(key))
                    .setOnHeaderPresent(Config.KeyValuePair.newBuilder()
                            .setMetadataNamespace(NAMESPACE)
                            .setKey(key)
                            .setType(Config.ValueType.STRING))
                    .setRemove(true));
        }
        return HttpFilter.newBuilder()
                .setName("envoy.filters.http.header_to_metadata")
                .setTypedConfig(Protos.any(config.build()))
                .build();
    }

    /**
     * Returns the HTTP filter of a client's proxy that introduces its pod by headers. Virtual hosts outside of the mesh
     * switch it off; so what they say is the same for every proxy, which a header of theirs would not be.
     */
    static HttpFilter introduce(Identity self) {
        var mutations = Mutations.newBuilder();
        headersOf(self)
                .forEach(header -> mutations.addRequestMutations(
                        HeaderMutation.newBuilder().setAppend(header)));
        return HttpFilter.newBuilder()
                .setName(INTRODUCTION)
                .setTypedConfig(Protos.any(
                        io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation.newBuilder()
                                .setMutations(mutations)
                                .build()))
                .build();
    }

    /** Keeps the pod's name from those that are not of the mesh. */
    static void hide(VirtualHost.Builder host) {
        host.putTypedPerFilterConfig(
                INTRODUCTION,
                Protos.any(FilterConfig.newBuilder().setDisabled(true).build()));
    }

    private static List<HeaderValueOption> headersOf(Identity self) {
        var values = new LinkedHashMap<String, String>();
        values.put("workload", self.workload());
        values.put("namespace", self.namespace());
        values.put("app", self.app());
        values.put("version", self.version());
        values.put("canonical_service", self.canonicalService());
        values.put("canonical_revision", self.canonicalRevision());
        values.put("cluster", StatsTags.CLUSTER);
        return values.entrySet().stream()
                .map(e -> HeaderValueOption.newBuilder()
                        .setHeader(HeaderValue.newBuilder()
                                .setKey(header(e.getKey()))
                                .setValue(e.getValue()))
                        .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                        .build())
                .toList();
    }

    private static String header(String key) {
        return HEADER + key.replace('_', '-');
    }

    private static Map<String, Object> filterState(String key, String format) {
        return Map.of(
                "object_key",
                KEY + key,
                "factory_key",
                "envoy.string",
                "format_string",
                Map.of("omit_empty_values", true, "text_format_source", Map.of("inline_string", format)));
    }

    /** Envoy prints the subject in the order of RFC 2253: {@code CN=catalog-v1,OU=v1,OU=catalog,O=default}. */
    private static String extract(String regex) {
        return "re.extract(" + SUBJECT + ", '" + regex + "', '\\\\1')";
    }

    /** Istio falls back to other names where a label is missing; the certificate says {@code unknown} then. */
    private static String known(String value, String otherwise) {
        return value + " == 'unknown' ? " + otherwise + " : " + value;
    }

    private static String cel(String expression) {
        return "%CEL(" + expression + ")%";
    }
}
