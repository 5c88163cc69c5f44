package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.yaml.YamlNode;

/** How much of a thing Gateway API allows. */
final class Limits {
    private Limits() {}

    /** Lists have that many items, if they are there. */
    static Shape.Rule items(String field, int least, int most) {
        return (mapping, problems) -> {
            int items = items(mapping, field);
            if (mapping.has(field) && (items < least || items > most)) {
                problems.add(
                        DiagnosticCode.BAD_VALUE,
                        mapping.placeOf(field),
                        field + " has " + items + " items, " + (items < least ? "at least " + least : "at most " + most)
                                + " " + (items < least ? "is needed" : "are allowed"),
                        items < least ? "Add one" : "Write fewer, or several resources");
            }
        };
    }

    /** Texts have at most that many characters. */
    static Shape.Rule characters(String field, int most) {
        return (mapping, problems) -> mapping.placed(field)
                .filter(text -> text.text().length() > most)
                .ifPresent(text -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        text.place(),
                        "the text has " + text.text().length() + " characters, at most " + most + " are allowed",
                        "Write a shorter one"));
    }

    private static int items(Section mapping, String field) {
        return mapping.node().get(field).orElse(null) instanceof YamlNode.Sequence list
                ? list.items().size()
                : 0;
    }
}
