package dev.binnacle.mesh.xds;

import com.google.protobuf.BoolValue;
import dev.binnacle.mesh.ir.Cluster.Shown;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.Cluster.Trust;
import dev.binnacle.mesh.ir.ServerTls;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.PathConfigSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher.SanType;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.List;
import java.util.stream.Stream;

/**
 * Mutual TLS between proxies, with the certificates that lie beside each Envoy and are replaced while it runs; and TLS with
 * servers of other people.
 */
final class TlsRenderer {
    private static final String NAME = "envoy.transport_sockets.tls";

    /**
     * The authorities that the system trusts, written into each pod's folder. Envoy has a field for them
     * ({@code system_root_certs}) that it does not implement: it would verify nothing.
     */
    private static final String SYSTEM_ROOTS = "certs/system-roots.pem";

    private TlsRenderer() {}

    /** Returns the server's side: a certificate of this mesh is required. */
    static TransportSocket downstream(List<String> trustDomains) {
        var anyone = trustDomains.stream()
                .map(domain -> StringMatcher.newBuilder()
                        .setPrefix("spiffe://" + domain + "/")
                        .build())
                .toList();
        var context = DownstreamTlsContext.newBuilder()
                .setRequireClientCertificate(BoolValue.of(true))
                .setCommonTlsContext(common(anyone).addAlpnProtocols("h2").addAlpnProtocols("http/1.1"));
        return socket(Protos.any(context.build()));
    }

    /** Returns the client's side: the server must be one of {@code identities}; anyone of the mesh's CA if there is none. */
    static TransportSocket upstream(String sni, List<String> identities) {
        var accepted = identities.stream()
                .map(id -> StringMatcher.newBuilder().setExact(id).build())
                .toList();
        var context = UpstreamTlsContext.newBuilder()
                .setSni(sni)
                .setCommonTlsContext(common(accepted).addAlpnProtocols("istio"));
        return socket(Protos.any(context.build()));
    }

    /**
     * Returns the client's side towards a server outside of the mesh's own TLS. Files are read when it is applied; what is in
     * Secrets is told.
     */
    static TransportSocket foreign(Tls.Foreign tls, boolean http2) {
        var common = CommonTlsContext.newBuilder()
                .setTlsParams(TlsParameters.newBuilder().setTlsMinimumProtocolVersion(TlsProtocol.TLSv1_2));
        trust(tls, common);
        tls.shown().ifPresent(shown -> show(shown, common));
        if (http2) {
            common.addAlpnProtocols("h2");
        }
        return socket(Protos.any(UpstreamTlsContext.newBuilder()
                .setSni(tls.sni())
                .setCommonTlsContext(common)
                .build()));
    }

    private static void trust(Tls.Foreign tls, CommonTlsContext.Builder common) {
        var validation = CertificateValidationContext.newBuilder().addAllMatchTypedSubjectAltNames(names(tls.names()));
        switch (tls.trust()) {
            case Trust.Anyone anyone -> common.setValidationContext(validation);
            case Trust.System system -> common.setValidationContext(validation.setTrustedCa(file(SYSTEM_ROOTS)));
            case Trust.Authorities(var authorities, var revoked) -> {
                revoked.map(TlsRenderer::file).ifPresent(validation::setCrl);
                common.setValidationContext(validation.setTrustedCa(file(authorities)));
            }
            case Trust.Told(var name) ->
                common.setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                        .setDefaultValidationContext(validation)
                        .setValidationContextSdsSecretConfig(credential(name)));
        }
    }

    private static void show(Shown shown, CommonTlsContext.Builder common) {
        switch (shown) {
            case Shown.Files(var certificates, var key) ->
                common.addTlsCertificates(TlsCertificate.newBuilder()
                        .setCertificateChain(file(certificates))
                        .setPrivateKey(file(key)));
            case Shown.Told(var name) -> common.addTlsCertificateSdsSecretConfigs(credential(name));
        }
    }

    /** Returns that a certificate must have one of these names, of whichever kind it is. */
    static List<SubjectAltNameMatcher> names(List<String> names) {
        return names.stream()
                .flatMap(name -> Stream.of(SanType.DNS, SanType.URI, SanType.IP_ADDRESS)
                        .map(type -> SubjectAltNameMatcher.newBuilder()
                                .setSanType(type)
                                .setMatcher(StringMatcher.newBuilder().setExact(name))
                                .build()))
                .toList();
    }

    private static DataSource file(String path) {
        return DataSource.newBuilder().setFilename(path).build();
    }

    static TransportSocket plaintext() {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.raw_buffer")
                .setTypedConfig(Protos.any(RawBuffer.getDefaultInstance()))
                .build();
    }

    private static CommonTlsContext.Builder common(List<StringMatcher> accepted) {
        var validation = CertificateValidationContext.newBuilder();
        accepted.forEach(matcher -> validation.addMatchTypedSubjectAltNames(
                SubjectAltNameMatcher.newBuilder().setSanType(SanType.URI).setMatcher(matcher)));
        return CommonTlsContext.newBuilder()
                .setTlsParams(TlsParameters.newBuilder().setTlsMinimumProtocolVersion(TlsProtocol.TLSv1_2))
                .addTlsCertificateSdsSecretConfigs(secret("default"))
                .setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                        .setDefaultValidationContext(validation)
                        .setValidationContextSdsSecretConfig(secret("ROOTCA")));
    }

    /**
     * Returns where to ask for a credential: the mesh's own lie beside each Envoy, others are told to it. Envoy waits some
     * seconds for one that does not come, and then refuses the connections that need it.
     */
    static SdsSecretConfig credential(String name) {
        return name.equals(ServerTls.OF_MESH) || name.equals(ServerTls.AUTHORITY_OF_MESH)
                ? secret(name)
                : SdsSecretConfig.newBuilder()
                        .setName(name)
                        .setSdsConfig(ConfigSource.newBuilder()
                                .setAds(AggregatedConfigSource.getDefaultInstance())
                                .setResourceApiVersion(ApiVersion.V3))
                        .build();
    }

    /** The path is relative: each Envoy runs in its pod's folder. */
    private static SdsSecretConfig secret(String name) {
        return SdsSecretConfig.newBuilder()
                .setName(name)
                .setSdsConfig(ConfigSource.newBuilder()
                        .setResourceApiVersion(ApiVersion.V3)
                        .setPathConfigSource(PathConfigSource.newBuilder().setPath("sds/" + name + ".json")))
                .build();
    }

    static TransportSocket socket(com.google.protobuf.Any context) {
        return TransportSocket.newBuilder()
                .setName(NAME)
                .setTypedConfig(context)
                .build();
    }
}
