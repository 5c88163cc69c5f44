package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.SCOPED_HOST;
import static dev.binnacle.mesh.schema.FieldType.TEXTS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.Gateway.Server;
import dev.binnacle.mesh.kubernetes.PortProtocols;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads Gateways. */
final class GatewayReader {
    private static final Set<String> SECURE = Set.of("HTTPS", "TLS");
    private static final String LATER = "HTTPS and TLS servers are not built yet";

    private static final Shape PORT_SHAPE = Shape.named("Port")
            .require("number", PORT)
            .require("name", LINE)
            .require("protocol", choice("HTTP", "HTTP2", "GRPC", "GRPC-WEB", "TCP", "MONGO", "REDIS", "MYSQL"))
            .ignore("targetPort", "the gateway's Service tells the target port");
    private static final Shape TLS = Shape.named("ServerTLSSettings")
            .with("httpsRedirect", FLAG)
            .reject("mode", LATER)
            .reject("serverCertificate", LATER)
            .reject("privateKey", LATER)
            .reject("caCertificates", LATER)
            .reject("caCrl", LATER)
            .reject("credentialName", LATER)
            .reject("credentialNames", LATER)
            .reject("caCertCredentialName", LATER)
            .reject("tlsCertificates", LATER)
            .reject("subjectAltNames", LATER)
            .reject("verifyCertificateSpki", LATER)
            .reject("verifyCertificateHash", LATER)
            .reject("minProtocolVersion", LATER)
            .reject("maxProtocolVersion", LATER)
            .reject("cipherSuites", LATER)
            .oneOf("serverCertificate", "credentialName", "credentialNames", "tlsCertificates");
    private static final Shape SERVER = Shape.named("Server")
            .require("port", section(PORT_SHAPE))
            .require("hosts", listOf(SCOPED_HOST))
            .with("tls", section(TLS), "`httpsRedirect` only")
            .with("name", LINE)
            .reject("bind", "a gateway listens at its pod's address")
            .ignore("defaultEndpoint", "Istio ignores it too")
            .rule(GatewayReader::checkTls);
    private static final Shape SPEC =
            Shape.named("GatewaySpec").with("selector", TEXTS).require("servers", listOf(SERVER));

    static final ResourceKind KIND = new ResourceKind(
            "Gateway",
            IstioKinds.NETWORKING,
            Shape.named("Gateway").require("spec", section(SPEC)),
            (header, document, problems) -> document.section("spec").map(spec -> read(header, spec, problems)));

    private GatewayReader() {}

    /** Certificates are for ports that speak TLS; others may only send their clients to one. */
    private static void checkTls(Section server, Problems problems) {
        String protocol =
                server.section("port").flatMap(port -> port.text("protocol")).orElse("");
        var tls = server.section("tls").filter(section -> section.has("mode"));
        if (tls.isPresent() && !SECURE.contains(protocol)) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    server.placeOf("tls"),
                    "TLS settings at a port whose protocol is " + (protocol.isEmpty() ? "not said" : protocol),
                    "Use protocol: HTTPS or TLS, or remove the settings");
        }
    }

    private static Gateway read(Header header, Section spec, Problems problems) {
        var names = new HashSet<String>();
        checkSome(
                spec.sections("servers"), spec.placeOf("servers"), "a Gateway without servers opens nothing", problems);
        for (var server : spec.sections("servers")) {
            checkSome(server.texts("hosts"), server.placeOf("hosts"), "a server without hosts is for nobody", problems);
            var name = server.section("port").orElseThrow().placed("name").orElseThrow();
            if (!names.add(name.text())) {
                problems.add(
                        DiagnosticCode.DUPLICATE_PORT,
                        name.place(),
                        "the port name " + name.text() + " is already used by another server",
                        "Give each server's port its own name");
            }
            server.texts("hosts").forEach(host -> checkHost(host, problems));
        }
        return new Gateway(
                header.ref(),
                header.origin(),
                spec.map("selector"),
                spec.placeOf("selector"),
                spec.sections("servers").stream().map(GatewayReader::server).toList());
    }

    private static void checkSome(List<?> all, Place at, String message, Problems problems) {
        if (all.isEmpty()) {
            problems.add(DiagnosticCode.MISSING_FIELD, at, message, "List at least one");
        }
    }

    private static void checkHost(Placed host, Problems problems) {
        if (!host.text().contains(".") && !host.text().endsWith("*")) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    host.place(),
                    "the short name " + host.text() + " is nothing to a gateway, whose clients are outside",
                    "Write the full name that clients use");
        }
    }

    private static Server server(Section server) {
        var port = server.section("port").orElseThrow();
        return new Server(
                port.number("number").orElseThrow(),
                PortProtocols.byName(port.text("protocol").orElseThrow()).orElseThrow(),
                server.texts("hosts"),
                server.section("tls").flatMap(t -> t.flag("httpsRedirect")).orElse(false),
                server.place(),
                port.placeOf("number"));
    }
}
