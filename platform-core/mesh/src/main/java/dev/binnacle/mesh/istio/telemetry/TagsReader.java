package dev.binnacle.mesh.istio.telemetry;

import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.WORDS;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Tracing.Tag;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Named;
import dev.binnacle.mesh.schema.Shape;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the tags that spans get. */
final class TagsReader {
    private static final Shape NAMED =
            Shape.named("Source").require("name", WORDS).with("defaultValue", LINE);

    static final Shape SHAPE = Shape.named("CustomTag")
            .with("literal", section(Shape.named("Literal").require("value", WORDS)))
            .with("environment", section(NAMED), "the environment of the sidecar, not of the application")
            .with("header", section(NAMED))
            .reject("formatter", "write a literal, or the value of a header")
            .oneOf("literal", "environment", "header");

    private final Problems problems;

    TagsReader(Problems problems) {
        this.problems = problems;
    }

    Map<String, Tag> read(Section tracing) {
        var result = new TreeMap<String, Tag>();
        tracing.named("customTags").forEach(tag -> tag(tag).ifPresent(value -> result.put(tag.name(), value)));
        return Collections.unmodifiableMap(result);
    }

    private Optional<Tag> tag(Named tag) {
        var written = tag.section();
        if (tag.name().isEmpty() || written.node().entries().isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    written.place(),
                    "a tag needs a name, and literal, environment or header",
                    "Write one of them");
            return Optional.empty();
        }
        Optional<Tag> literal =
                written.section("literal").flatMap(s -> s.text("value")).map(Tag.Literal::new);
        return literal.or(() -> written.section("environment").map(s -> new Tag.Environment(name(s), otherwise(s))))
                .or(() -> written.section("header").map(s -> new Tag.Header(name(s), otherwise(s))));
    }

    private static String name(Section source) {
        return source.text("name").orElse("");
    }

    private static String otherwise(Section source) {
        return source.text("defaultValue").orElse("");
    }
}
