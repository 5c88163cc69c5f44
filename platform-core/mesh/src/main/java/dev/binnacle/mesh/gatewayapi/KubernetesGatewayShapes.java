package dev.binnacle.mesh.gatewayapi;

import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.NAMESPACE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.SUBDOMAIN;
import static dev.binnacle.mesh.schema.FieldType.TEXTS;
import static dev.binnacle.mesh.schema.FieldType.WILDCARD_SUBDOMAIN;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.schema.Shape;

/** The fields of a Gateway of Gateway API. */
final class KubernetesGatewayShapes {
    private static final Shape ADDRESS = Shape.named("GatewaySpecAddress")
            .with("type", WORDS, "`Hostname`; Istio ignores others beside it")
            .with("value", LINE, "the host of a Service in the Gateway's namespace, whose pods are the gateway");
    private static final Shape CERTIFICATE = Shape.named("SecretObjectReference")
            .with("group", LINE)
            .with("kind", WORDS, "`Secret`")
            .require("name", WORDS)
            .with("namespace", NAMESPACE, "another one than the Gateway's where a ReferenceGrant permits it");
    private static final Shape TLS = Shape.named("ListenerTLSConfig")
            .with("mode", choice("Terminate", "Passthrough"), "`Terminate` if missing")
            .with("certificateRefs", listOf(CERTIFICATE), "one, or two of which one has an RSA and one an ECDSA key")
            .with("options", TEXTS, "`gateway.istio.io/tls-terminate-mode` and `gateway.istio.io/tls-cipher-suites`");
    private static final Shape EXPRESSION = Shape.named("LabelSelectorRequirement")
            .require("key", WORDS)
            .require("operator", choice("In", "NotIn", "Exists", "DoesNotExist"))
            .with("values", listOf(LINE));
    private static final Shape SELECTOR =
            Shape.named("LabelSelector").with("matchLabels", LABELS).with("matchExpressions", listOf(EXPRESSION));
    private static final Shape NAMESPACES = Shape.named("RouteNamespaces")
            .with("from", choice("Same", "All", "Selector"), "`Same` if missing")
            .with("selector", section(SELECTOR));
    private static final Shape KIND =
            Shape.named("RouteGroupKind").with("group", LINE).require("kind", WORDS);
    private static final Shape ALLOWED = Shape.named("AllowedRoutes")
            .with("namespaces", section(NAMESPACES))
            .with("kinds", listOf(KIND), "`HTTPRoute`")
            .rule(Limits.items("kinds", 0, 8));
    private static final Shape LISTENER = Shape.named("Listener")
            .require("name", SUBDOMAIN)
            .with("hostname", WILDCARD_SUBDOMAIN)
            .require("port", PORT)
            .require("protocol", WORDS)
            .with("tls", section(TLS))
            .with("allowedRoutes", section(ALLOWED))
            .rule(ListenerRules::check);
    static final Shape SPEC = Shape.named("GatewaySpec")
            .require("gatewayClassName", WORDS)
            .require("listeners", listOf(LISTENER))
            .with("addresses", listOf(ADDRESS))
            .reject("allowedListeners", "ListenerSets are not supported yet; write the listeners into the Gateway")
            .reject(
                    "tls",
                    "not supported yet; the option gateway.istio.io/tls-terminate-mode of a listener asks clients")
            .clusterOnly("infrastructure")
            .rule(Limits.items("listeners", 1, 64))
            .rule(Limits.items("addresses", 0, 16))
            .rule(ListenerRules::checkDistinct);

    private KubernetesGatewayShapes() {}
}
