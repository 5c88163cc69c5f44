package dev.binnacle.mesh.oracle;

import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.TrustChainVerification;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import java.util.List;

/**
 * How TLS is spoken. Of what Istio gets from its agent by name, Binnacle gets files for clients from the file of that name, and
 * all else by the same name from the stream that everything comes by.
 */
final class NormalTls {
    private static final String OF_MESH = "default";
    private static final String SECRETS = "kubernetes";

    private NormalTls() {}

    static Node of(UpstreamTlsContext context) {
        var common = context.getCommonTlsContext();
        String certificate = certificate(common);
        return trusted(common)
                .with("sni", context.getSni())
                .with("certificate", certificate)
                .with("alpn", certificate.equals(OF_MESH) ? List.of() : common.getAlpnProtocolsList());
    }

    static Node of(DownstreamTlsContext context) {
        var common = context.getCommonTlsContext();
        var validation = validation(common);
        boolean asks = common.hasCombinedValidationContext() || common.hasValidationContext();
        String asked = asks ? "asked" : "unasked";
        return trusted(common)
                .with("clients", context.getRequireClientCertificate().getValue() ? "required" : asked)
                .with(
                        "certificates",
                        common.getTlsCertificateSdsSecretConfigsList().stream()
                                .map(SdsSecretConfig::getName)
                                .toList())
                .with("keys", validation.getVerifyCertificateSpkiList())
                .with("hashes", validation.getVerifyCertificateHashList())
                .with("untrusted", validation.getTrustChainVerification() == TrustChainVerification.ACCEPT_UNTRUSTED)
                .with("parameters", Protos.plain(common.getTlsParams()))
                .with(
                        "alpn",
                        common.getAlpnProtocolsList().stream()
                                .filter(protocol -> !protocol.equals("istio"))
                                .toList());
    }

    /** Returns of what kind each Secret is that a proxy is told. */
    static Node secrets(List<Secret> told) {
        var result = new Node();
        told.stream()
                .filter(secret -> secret.getName().startsWith(SECRETS))
                .forEach(secret -> result.with(
                        secret.getName(),
                        new Node()
                                .with("certificate", secret.hasTlsCertificate())
                                .with("staple", secret.getTlsCertificate().hasOcspStaple())
                                .with("authorities", secret.hasValidationContext())
                                .with("revoked", secret.getValidationContext().hasCrl())));
        return result;
    }

    /** Binnacle's name for authorities in files has the file of what they revoked in it. */
    private static Node trusted(CommonTlsContext common) {
        var validation = validation(common);
        String[] trust = (common.hasCombinedValidationContext()
                        ? common.getCombinedValidationContext()
                                .getValidationContextSdsSecretConfig()
                                .getName()
                        : trust(validation))
                .split("~", 2);
        return new Node()
                .with("names", names(validation))
                .with("trust", trust[0])
                .with(
                        "revoked",
                        trust.length > 1 ? trust[1] : validation.getCrl().getFilename());
    }

    private static CertificateValidationContext validation(CommonTlsContext common) {
        return common.hasCombinedValidationContext()
                ? common.getCombinedValidationContext().getDefaultValidationContext()
                : common.getValidationContext();
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
        return common.getTlsCertificateSdsSecretConfigsList().stream()
                .map(SdsSecretConfig::getName)
                .findFirst()
                .or(() -> common.getTlsCertificatesList().stream()
                        .map(pair -> "file-cert:" + pair.getCertificateChain().getFilename() + "~"
                                + pair.getPrivateKey().getFilename())
                        .findFirst())
                .orElse("");
    }
}
