package dev.binnacle.mesh.istio.gateway;

import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.istio.IstioKinds;
import dev.binnacle.mesh.istio.gateway.Gateway.Server;
import dev.binnacle.mesh.istio.gateway.ServerTlsSettings.Mode;
import dev.binnacle.mesh.kubernetes.PortProtocols;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads Gateways. */
public final class GatewayReader {
    public static final ResourceKind KIND = new ResourceKind(
            "Gateway",
            IstioKinds.NETWORKING,
            Shape.named("Gateway").require("spec", section(GatewayShapes.SPEC)),
            (header, document, problems) -> document.section("spec").map(spec -> read(header, spec, problems)));

    private GatewayReader() {}

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
                Optional.empty(),
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
        String protocol = port.text("protocol").orElseThrow();
        var tls = ServerTlsRules.SECURE.contains(protocol)
                ? server.section("tls").map(ServerTlsReader::read)
                : Optional.<ServerTlsSettings>empty();
        return new Server(
                port.number("number").orElseThrow(),
                port.text("name").orElseThrow(),
                within(protocol, tls),
                server.texts("hosts"),
                server.section("tls").flatMap(t -> t.flag("httpsRedirect")).orElse(false),
                tls,
                server.place(),
                port.placeOf("number"));
    }

    /** What TLS ends here is HTTP or bytes within; what it does not is bytes. */
    private static Protocol within(String protocol, Optional<ServerTlsSettings> tls) {
        return tls.map(settings ->
                        protocol.equals("HTTPS") && settings.mode() != Mode.PASSTHROUGH ? Protocol.HTTP : Protocol.TCP)
                .orElseGet(() -> PortProtocols.byName(protocol).orElseThrow());
    }
}
