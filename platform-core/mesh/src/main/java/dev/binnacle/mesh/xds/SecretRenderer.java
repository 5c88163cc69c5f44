package dev.binnacle.mesh.xds;

import com.google.protobuf.ByteString;
import dev.binnacle.mesh.ir.Credential;
import dev.binnacle.mesh.ir.Credential.Authorities;
import dev.binnacle.mesh.ir.Credential.KeyPair;
import dev.binnacle.mesh.ir.Hidden;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsCertificate;

/** Renders certificates with their keys, and authorities. */
final class SecretRenderer {
    private SecretRenderer() {}

    static Secret render(Credential credential) {
        return switch (credential) {
            case KeyPair pair -> pair(pair);
            case Authorities authorities -> authorities(authorities);
        };
    }

    private static Secret pair(KeyPair pair) {
        var certificate = TlsCertificate.newBuilder()
                .setCertificateChain(bytes(pair.chain()))
                .setPrivateKey(bytes(pair.key()));
        pair.staple().map(SecretRenderer::bytes).ifPresent(certificate::setOcspStaple);
        return Secret.newBuilder()
                .setName(pair.name())
                .setTlsCertificate(certificate)
                .build();
    }

    private static Secret authorities(Authorities authorities) {
        var context = CertificateValidationContext.newBuilder().setTrustedCa(bytes(authorities.certificates()));
        authorities.revoked().map(SecretRenderer::bytes).ifPresent(context::setCrl);
        return Secret.newBuilder()
                .setName(authorities.name())
                .setValidationContext(context)
                .build();
    }

    private static DataSource bytes(Hidden hidden) {
        return DataSource.newBuilder()
                .setInlineBytes(ByteString.copyFrom(hidden.reveal()))
                .build();
    }
}
