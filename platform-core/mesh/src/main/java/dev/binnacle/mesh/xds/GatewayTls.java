package dev.binnacle.mesh.xds;

import com.google.protobuf.BoolValue;
import dev.binnacle.mesh.ir.ServerTls;
import dev.binnacle.mesh.ir.ServerTls.Clients;
import dev.binnacle.mesh.ir.ServerTls.Version;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.TrustChainVerification;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters.TlsProtocol;

/** How a gateway ends TLS. Certificates and authorities come over the stream that everything comes by. */
final class GatewayTls {
    private GatewayTls() {}

    /** Returns the server's side; {@code http} tells whether HTTP is in it. */
    static TransportSocket render(ServerTls tls, boolean http) {
        var common = CommonTlsContext.newBuilder();
        tls.certificates().forEach(name -> common.addTlsCertificateSdsSecretConfigs(TlsRenderer.credential(name)));
        if (isOfMesh(tls) && !http) {
            common.addAlpnProtocols("istio");
        }
        common.addAlpnProtocols("h2").addAlpnProtocols("http/1.1");
        parameters(tls, common);
        var context = DownstreamTlsContext.newBuilder().setRequireClientCertificate(BoolValue.of(false));
        if (tls.clients() instanceof Clients.Certified certified) {
            context.setRequireClientCertificate(BoolValue.of(certified.required()));
            common.setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                    .setDefaultValidationContext(validation(certified))
                    .setValidationContextSdsSecretConfig(TlsRenderer.credential(certified.authorities())));
        }
        return TlsRenderer.socket(Protos.any(context.setCommonTlsContext(common).build()));
    }

    private static boolean isOfMesh(ServerTls tls) {
        return tls.certificates().contains(ServerTls.OF_MESH);
    }

    private static void parameters(ServerTls tls, CommonTlsContext.Builder common) {
        var parameters = TlsParameters.newBuilder()
                .setTlsMinimumProtocolVersion(version(tls.versions().least()))
                .setTlsMaximumProtocolVersion(version(tls.versions().most()))
                .addAllCipherSuites(tls.ciphers())
                .build();
        if (!parameters.equals(TlsParameters.getDefaultInstance())) {
            common.setTlsParams(parameters);
        }
    }

    private static TlsProtocol version(Version version) {
        return switch (version) {
            case AUTO -> TlsProtocol.TLS_AUTO;
            case TLS_1_0 -> TlsProtocol.TLSv1_0;
            case TLS_1_1 -> TlsProtocol.TLSv1_1;
            case TLS_1_2 -> TlsProtocol.TLSv1_2;
            case TLS_1_3 -> TlsProtocol.TLSv1_3;
        };
    }

    private static CertificateValidationContext validation(Clients.Certified clients) {
        var result = CertificateValidationContext.newBuilder()
                .addAllVerifyCertificateSpki(clients.keys())
                .addAllVerifyCertificateHash(clients.hashes())
                .addAllMatchTypedSubjectAltNames(TlsRenderer.names(clients.names()));
        if (clients.untrusted()) {
            result.setTrustChainVerification(TrustChainVerification.ACCEPT_UNTRUSTED);
        }
        return result.build();
    }
}
