package dev.binnacle.mesh.xds;

import com.github.xds.type.v3.TypedStruct;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.ToNumberPolicy;
import com.google.gson.reflect.TypeToken;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;
import com.google.protobuf.util.JsonFormat.TypeRegistry;
import dev.binnacle.mesh.yaml.YamlWriter;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.trace.v3.OpenTelemetryConfig;
import io.envoyproxy.envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.dynamic_forward_proxy.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_to_metadata.v3.Config;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.extensions.request_id.uuid.v3.UuidRequestIdConfig;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Writes {@link ProxyResources} for people and other tools: each resource as proto JSON with Envoy's field names. */
public final class ResourcesJson {
    static final String REDACTED = "[redacted]";

    private static final TypeRegistry TYPES = TypeRegistry.newBuilder()
            .add(List.of(
                    HttpConnectionManager.getDescriptor(),
                    Router.getDescriptor(),
                    io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC.getDescriptor(),
                    io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDescriptor(),
                    JwtAuthentication.getDescriptor(),
                    LocalRateLimit.getDescriptor(),
                    UriTemplateMatchConfig.getDescriptor(),
                    CaresDnsResolverConfig.getDescriptor(),
                    HTTPFault.getDescriptor(),
                    Cors.getDescriptor(),
                    CorsPolicy.getDescriptor(),
                    Config.getDescriptor(),
                    HeaderMutation.getDescriptor(),
                    io.envoyproxy.envoy.config.route.v3.FilterConfig.getDescriptor(),
                    FilterConfig.getDescriptor(),
                    ClusterConfig.getDescriptor(),
                    TlsInspector.getDescriptor(),
                    TypedStruct.getDescriptor(),
                    DownstreamTlsContext.getDescriptor(),
                    UpstreamTlsContext.getDescriptor(),
                    RawBuffer.getDescriptor(),
                    HttpProtocolOptions.getDescriptor(),
                    ProxyProtocolUpstreamTransport.getDescriptor(),
                    PreviousHostsPredicate.getDescriptor(),
                    OpenTelemetryConfig.getDescriptor(),
                    UuidRequestIdConfig.getDescriptor(),
                    PreviousPrioritiesConfig.getDescriptor()))
            .build();
    private static final JsonFormat.Printer PRINTER = JsonFormat.printer()
            .usingTypeRegistry(TYPES)
            .preservingProtoFieldNames()
            .omittingInsignificantWhitespace();

    private ResourcesJson() {}

    /** Returns {@code {"listeners":[…],"filters":[…],"routes":[…],"clusters":[…],"endpoints":[…],"secrets":[…],"hosts":{…}}},
     * ending with a line break. Private keys and the values of headers that go along with spans are left out. */
    public static String json(ProxyResources resources) {
        var result = object(resources);
        HiddenHeaders.hide(result);
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .create()
                        .toJson(result)
                + "\n";
    }

    /** Returns the same with the headers, as Envoy needs them. */
    static JsonObject object(ProxyResources resources) {
        var result = new JsonObject();
        result.add("listeners", array(resources.listeners()));
        result.add("filters", array(resources.filters()));
        result.add("routes", array(resources.routes()));
        result.add("clusters", array(resources.clusters()));
        result.add("endpoints", array(resources.endpoints()));
        result.add("secrets", array(redacted(resources.secrets())));
        var hosts = new JsonObject();
        resources.hosts().forEach(hosts::addProperty);
        result.add("hosts", hosts);
        return result;
    }

    /** Returns secrets without what must not be seen. */
    public static List<Secret> redacted(List<Secret> secrets) {
        return secrets.stream().map(ResourcesJson::redacted).toList();
    }

    private static Secret redacted(Secret secret) {
        return secret.hasTlsCertificate()
                ? secret.toBuilder()
                        .setTlsCertificate(secret.getTlsCertificate().toBuilder()
                                .setPrivateKey(DataSource.newBuilder().setInlineString(REDACTED)))
                        .build()
                : secret;
    }

    /** Returns the same as YAML, with sorted keys. */
    public static String yaml(ProxyResources resources) {
        return YamlWriter.write(plain(JsonParser.parseString(json(resources))));
    }

    /** Returns one kind of resource as YAML, with sorted keys. */
    public static String yaml(List<? extends Message> messages) {
        return YamlWriter.write(plain(array(messages)));
    }

    /** Returns one resource as proto JSON. */
    public static String json(Message message) {
        try {
            return PRINTER.print(message);
        } catch (InvalidProtocolBufferException e) {
            throw new IllegalStateException("a renderer uses a type that is not registered here", e);
        }
    }

    private static JsonArray array(List<? extends Message> messages) {
        var result = new JsonArray();
        messages.forEach(message -> result.add(JsonParser.parseString(json(message))));
        return result;
    }

    private static Object plain(JsonElement element) {
        var gson = new GsonBuilder()
                .setObjectToNumberStrategy(ToNumberPolicy.LONG_OR_DOUBLE)
                .create();
        Object value = gson.fromJson(element, new TypeToken<Object>() {}.getType());
        return sorted(value);
    }

    private static Object sorted(Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var result = new TreeMap<String, Object>();
                map.forEach((key, field) -> result.put((String) key, sorted(field)));
                yield result;
            }
            case List<?> list -> list.stream().map(ResourcesJson::sorted).toList();
            default -> value;
        };
    }
}
