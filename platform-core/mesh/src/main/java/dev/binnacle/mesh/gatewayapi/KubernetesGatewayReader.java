package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Address;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.AllowedRoutes;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Kind;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Listener;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Tls;
import dev.binnacle.mesh.gatewayapi.LabelSelector.Expression;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import java.util.List;

/** Reads Gateways of Gateway API. */
final class KubernetesGatewayReader {
    static final ResourceKind KIND = new ResourceKind(
            "Gateway",
            "Gateway." + GatewayApiKinds.GROUP,
            List.of(GatewayApiKinds.GROUP + "/v1", GatewayApiKinds.GROUP + "/v1beta1"),
            Shape.named("Gateway").require("spec", FieldType.section(KubernetesGatewayShapes.SPEC)),
            (header, document, problems) -> document.section("spec").map(spec -> read(header, spec)));

    private KubernetesGatewayReader() {}

    private static KubernetesGateway read(Header header, Section spec) {
        return new KubernetesGateway(
                header.ref(),
                header.origin(),
                spec.placed("gatewayClassName").orElseThrow(),
                spec.sections("addresses").stream()
                        .map(address -> new Address(
                                address.text("type").orElse("IPAddress"),
                                address.text("value").orElse(""),
                                address.place()))
                        .toList(),
                spec.sections("listeners").stream()
                        .map(KubernetesGatewayReader::listener)
                        .toList());
    }

    private static Listener listener(Section listener) {
        return new Listener(
                listener.text("name").orElseThrow(),
                listener.text("hostname").filter(host -> !host.isEmpty()),
                listener.number("port").orElseThrow(),
                listener.text("protocol").orElseThrow(),
                listener.section("tls").map(KubernetesGatewayReader::tls),
                listener.section("allowedRoutes")
                        .map(KubernetesGatewayReader::allowed)
                        .orElseGet(() -> new AllowedRoutes("Same", LabelSelector.ALL, List.of(), listener.place())),
                listener.place(),
                listener.placeOf("port"),
                listener.placeOf("protocol"));
    }

    private static Tls tls(Section tls) {
        return new Tls(
                tls.text("mode").orElse("").equals("Passthrough"),
                tls.sections("certificateRefs").stream()
                        .map(reference -> Reference.read(reference, "", "Secret"))
                        .toList(),
                tls.map("options"),
                tls.place());
    }

    private static LabelSelector selector(Section selector) {
        return new LabelSelector(
                selector.map("matchLabels"),
                selector.sections("matchExpressions").stream()
                        .map(expression -> new Expression(
                                expression.text("key").orElse(""),
                                expression.text("operator").orElse(""),
                                expression.texts("values").stream()
                                        .map(Placed::text)
                                        .toList()))
                        .toList());
    }

    private static AllowedRoutes allowed(Section allowed) {
        var namespaces = allowed.section("namespaces");
        return new AllowedRoutes(
                namespaces.flatMap(n -> n.text("from")).orElse("Same"),
                namespaces
                        .flatMap(n -> n.section("selector"))
                        .map(KubernetesGatewayReader::selector)
                        .orElse(LabelSelector.ALL),
                allowed.sections("kinds").stream()
                        .map(kind -> new Kind(
                                kind.text("group").orElse(GatewayApiKinds.GROUP),
                                kind.text("kind").orElse("")))
                        .toList(),
                allowed.place());
    }
}
