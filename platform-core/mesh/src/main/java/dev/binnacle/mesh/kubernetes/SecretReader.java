package dev.binnacle.mesh.kubernetes;

import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.HIDDEN;
import static dev.binnacle.mesh.schema.FieldType.WORDS;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Hidden;
import dev.binnacle.mesh.kubernetes.Secret.Value;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads Secrets. Nothing that is said of one tells any part of a value. */
final class SecretReader {
    /** What Kubernetes allows for all values together. */
    private static final int MOST_BYTES = 1024 * 1024;

    private static final String TLS = "kubernetes.io/tls";
    private static final Pattern KEY = Pattern.compile("[-._a-zA-Z0-9]{1,253}");

    static final ResourceKind KIND = new ResourceKind(
            "Secret",
            List.of("v1"),
            Shape.named("Secret")
                    .with("type", WORDS, "`kubernetes.io/tls` and `Opaque` ones serve as credentials")
                    .with("data", new FieldType.MapOf(HIDDEN), "in Base64")
                    .with("stringData", new FieldType.MapOf(HIDDEN), "goes before `data`")
                    .with("immutable", FLAG),
            (header, document, problems) -> new SecretReader(header, problems).read(document));

    private final Header header;
    private final Problems problems;
    private final SortedMap<String, Value> values = new TreeMap<>();

    private SecretReader(Header header, Problems problems) {
        this.header = header;
        this.problems = problems;
    }

    private Optional<Secret> read(Section document) {
        document.section("data").ifPresent(data -> each(data, this::decoded));
        document.section("stringData").ifPresent(data -> each(data, text -> Optional.of(bytes(text))));
        String type = document.text("type").orElse("Opaque");
        if (type.equals(TLS)) {
            Stream.of("tls.crt", "tls.key")
                    .filter(key -> !values.containsKey(key))
                    .forEach(this::missing);
        }
        int size = values.values().stream()
                .mapToInt(value -> value.bytes().length())
                .sum();
        if (size > MOST_BYTES) {
            problems.add(
                    DiagnosticCode.LIMIT,
                    header.place(),
                    "the values have " + size + " bytes, Kubernetes takes " + MOST_BYTES,
                    "Split it into several Secrets");
        }
        return Optional.of(new Secret(header.ref(), header.origin(), type, values));
    }

    private void each(Section data, Function<String, Optional<byte[]>> decoding) {
        for (var entry : data.node().entries()) {
            var place = data.place().field(entry.key(), entry.line());
            if (!KEY.matcher(entry.key()).matches()) {
                // It may be a piece of a value that was not indented.
                problems.add(
                        DiagnosticCode.BAD_NAME,
                        data.place(),
                        "line " + entry.line() + " has a key that Kubernetes refuses",
                        "A key has at most 253 letters, digits, dashes, dots and underscores");
                continue;
            }
            var bytes = decoding.apply(data.text(entry.key()).orElse(""));
            if (bytes.isEmpty()) {
                problems.add(
                        DiagnosticCode.BAD_VALUE,
                        place,
                        "the value is not Base64",
                        "Encode it, or write it as it is under stringData");
            }
            bytes.ifPresent(found -> values.put(entry.key(), new Value(Hidden.of(found), place)));
        }
    }

    private Optional<byte[]> decoded(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.replaceAll("[\r\n]", "")));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void missing(String key) {
        Place place = header.place();
        problems.add(
                DiagnosticCode.MISSING_FIELD,
                place,
                "a Secret of type " + TLS + " needs the key " + key,
                "Add it under data or stringData");
    }
}
