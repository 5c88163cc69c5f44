package dev.binnacle.mesh.oracle;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.util.List;

/** How TLS is spoken to endpoints. What Istio gets from its agent by name, Binnacle gets from the file of that name. */
final class NormalTls {
    private NormalTls() {}

    static Node of(UpstreamTlsContext context) {
        var common = context.getCommonTlsContext();
        boolean ofMesh = common.hasCombinedValidationContext();
        var validation = ofMesh
                ? common.getCombinedValidationContext().getDefaultValidationContext()
                : common.getValidationContext();
        return new Node()
                .with("sni", context.getSni())
                .with("names", names(validation))
                .with("trust", ofMesh ? "ROOTCA" : trust(validation))
                .with("revoked", validation.getCrl().getFilename())
                .with("certificate", certificate(common))
                .with("alpn", ofMesh ? List.of() : common.getAlpnProtocolsList());
    }

    private static List<String> names(CertificateValidationContext validation) {
        return validation.getMatchTypedSubjectAltNamesList().stream()
                .map(san -> NormalHeaders.text(san.getMatcher()))
                .distinct()
                .sorted()
                .toList();
    }

    private static String trust(CertificateValidationContext validation) {
        if (validation.getTrustedCa().getFilename().equals("certs/system-roots.pem")) {
            return "file-root:system";
        }
        String file = validation.getTrustedCa().getFilename();
        return file.isEmpty() ? "" : "file-root:" + file;
    }

    private static String certificate(CommonTlsContext common) {
        if (common.getTlsCertificateSdsSecretConfigsCount() > 0) {
            return "default";
        }
        return common.getTlsCertificatesList().stream()
                .map(pair -> "file-cert:" + pair.getCertificateChain().getFilename() + "~"
                        + pair.getPrivateKey().getFilename())
                .findFirst()
                .orElse("");
    }
}
