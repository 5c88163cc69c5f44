package dev.binnacle.mesh.istio.gateway;

import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.SCOPED_HOST;
import static dev.binnacle.mesh.schema.FieldType.TEXTS;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Shape;

/** The fields of a Gateway. */
final class GatewayShapes {
    private static final FieldType VERSION = choice("TLS_AUTO", "TLSV1_0", "TLSV1_1", "TLSV1_2", "TLSV1_3");
    private static final String IN_SECRETS =
            "a path below a mount of the gateway's Deployment whose volume is a Secret";

    private static final Shape PORT_SHAPE = Shape.named("Port")
            .require("number", PORT)
            .require("name", LINE)
            .require(
                    "protocol",
                    choice("HTTP", "HTTP2", "GRPC", "GRPC-WEB", "TCP", "MONGO", "REDIS", "MYSQL", "HTTPS", "TLS"))
            .ignore("targetPort", "the gateway's Service tells the target port");
    private static final Shape CERTIFICATE = Shape.named("TLSCertificate")
            .require("serverCertificate", WORDS)
            .require("privateKey", WORDS)
            .ignore("caCertificates", "Istio looks at the server's only");
    static final Shape TLS = Shape.named("ServerTLSSettings")
            .with("httpsRedirect", FLAG, "for ports that carry HTTP")
            .with(
                    "mode",
                    choice("PASSTHROUGH", "SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL", "ISTIO_MUTUAL", "AUTO_PASSTHROUGH"),
                    "`PASSTHROUGH` if missing; `AUTO_PASSTHROUGH` is rejected: it joins networks, and here is one")
            .with("serverCertificate", LINE, IN_SECRETS)
            .with("privateKey", LINE, IN_SECRETS)
            .with("caCertificates", LINE, IN_SECRETS)
            .with("caCrl", LINE, IN_SECRETS)
            .with("credentialName", LINE, "a Secret in the namespace of the gateway's pods")
            .with("credentialNames", listOf(WORDS), "two, one with an RSA and one with an ECDSA key")
            .with(
                    "caCertCredentialName",
                    LINE,
                    "a Secret whose name ends in `-cacert`: Istio reads no authorities from others; ConfigMaps are"
                            + " rejected")
            .with("tlsCertificates", listOf(CERTIFICATE))
            .with("subjectAltNames", listOf(WORDS), "for modes that ask clients for a certificate")
            .with("verifyCertificateSpki", listOf(WORDS), "with Secrets, as in Istio")
            .with("verifyCertificateHash", listOf(WORDS), "with Secrets, as in Istio")
            .with("minProtocolVersion", VERSION)
            .with("maxProtocolVersion", VERSION)
            .with("cipherSuites", listOf(WORDS))
            .with("insecureSkipVerify", FLAG)
            .rule(ServerTlsRules::check);
    private static final Shape SERVER = Shape.named("Server")
            .require("port", section(PORT_SHAPE))
            .require("hosts", listOf(SCOPED_HOST))
            .with("tls", section(TLS))
            .with("name", LINE)
            .reject("bind", "a gateway listens at its pod's address")
            .ignore("defaultEndpoint", "Istio ignores it too")
            .rule(ServerTlsRules::checkPort);
    static final Shape SPEC = Shape.named("GatewaySpec").with("selector", TEXTS).require("servers", listOf(SERVER));

    private GatewayShapes() {}
}
