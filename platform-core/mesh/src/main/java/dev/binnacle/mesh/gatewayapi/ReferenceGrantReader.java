package dev.binnacle.mesh.gatewayapi;

import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.NAMESPACE;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.gatewayapi.ReferenceGrant.From;
import dev.binnacle.mesh.gatewayapi.ReferenceGrant.To;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.List;

/** Reads ReferenceGrants. */
final class ReferenceGrantReader {
    private static final int MOST = 16;

    private static final Shape FROM = Shape.named("ReferenceGrantFrom")
            .require("group", LINE)
            .require("kind", WORDS)
            .require("namespace", NAMESPACE);
    private static final Shape TO = Shape.named("ReferenceGrantTo")
            .require("group", LINE)
            .require("kind", WORDS)
            .with("name", WORDS);
    private static final Shape SPEC = Shape.named("ReferenceGrantSpec")
            .require("from", listOf(FROM))
            .require("to", listOf(TO))
            .rule(Limits.items("from", 1, MOST))
            .rule(Limits.items("to", 1, MOST));

    static final ResourceKind KIND = new ResourceKind(
            "ReferenceGrant",
            List.of(GatewayApiKinds.GROUP + "/v1beta1", GatewayApiKinds.GROUP + "/v1"),
            Shape.named("ReferenceGrant").require("spec", section(SPEC)),
            (header, document, problems) -> document.section("spec").map(spec -> read(header, spec)));

    private ReferenceGrantReader() {}

    private static ReferenceGrant read(Header header, Section spec) {
        return new ReferenceGrant(
                header.ref(),
                header.origin(),
                spec.sections("from").stream()
                        .map(from -> new From(text(from, "group"), text(from, "kind"), text(from, "namespace")))
                        .toList(),
                spec.sections("to").stream()
                        .map(to -> new To(text(to, "group"), text(to, "kind"), to.text("name")))
                        .toList());
    }

    private static String text(Section section, String field) {
        return section.text(field).orElse("");
    }
}
