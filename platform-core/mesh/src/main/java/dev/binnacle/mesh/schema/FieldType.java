package dev.binnacle.mesh.schema;

import java.util.List;

/** What a field's value must be. */
public sealed interface FieldType {
    /** Any text. */
    FieldType TEXT = new Text(0, true);

    /** A text on one line, perhaps empty. */
    FieldType LINE = new Text(0, false);

    /** A text on one line that is not empty. */
    FieldType WORDS = new Text(1, false);

    /** A name of letters, digits, dashes, dots and underscores. */
    FieldType NAME = new Name();

    /** The name of a subset. */
    FieldType SUBSET = new Subset();

    /** The name of a namespace. */
    FieldType NAMESPACE = new Namespace();

    /** The name of a gateway, perhaps with its namespace before it: {@code namespace/name}. */
    FieldType GATEWAY = new Gateway();

    /** A host, perhaps with {@code *} in the place of its first label. */
    FieldType HOST = new Host(false, false);

    /** A host as above, or an IP address. */
    FieldType HOST_OR_ADDRESS = new Host(false, true);

    /** A host of a gateway's server, which may have a namespace before it: {@code namespace/host}. */
    FieldType SCOPED_HOST = new Host(true, true);

    /** A name of lower-case labels, as Kubernetes' resources have them. */
    FieldType SUBDOMAIN = new Subdomain(false);

    /** Such a name, perhaps with {@code *.} before it. */
    FieldType WILDCARD_SUBDOMAIN = new Subdomain(true);

    /** {@code true} or {@code false}. */
    FieldType FLAG = new Flag();

    /** A duration such as {@code 1.5s} or {@code 1h30m}, in whole milliseconds and at least one. */
    FieldType DURATION = new Span(1);

    /** A duration in whole milliseconds; zero has a meaning of its own. */
    FieldType DURATION_OR_ZERO = new Span(0);

    /** A regular expression of RE2. */
    FieldType REGEX = new Regex(false);

    /** A regular expression of RE2, or a single star, which asks for presence only. */
    FieldType REGEX_OR_STAR = new Regex(true);

    /** An address, or a block of them such as {@code 10.0.0.0/8}. */
    FieldType SUBNET = new Subnet();

    /** A share in percent: none, or at least a ten-thousandth. */
    FieldType PERCENT = new Percent();

    /** A number or a text: a port by number or name. */
    FieldType PORT_OR_NAME = new PortOrName();

    /** A text that no message repeats. */
    FieldType HIDDEN = new Secret();

    /** Not looked into. */
    FieldType ANY = new Any();

    /** A port number. */
    FieldType PORT = new Whole(1, 65535);

    /** Annotations and the like: texts by name. */
    FieldType TEXTS = new MapOf(TEXT);

    /** Labels, whose names and values follow Kubernetes' rules. */
    FieldType LABELS = new Labels(false);

    /** Labels to look for. Istio refuses wildcards, and nothing else that no label can be. */
    FieldType SELECTOR = new Labels(true);

    /**
     * A text.
     *
     * @param least the fewest characters
     * @param control whether control characters, line breaks among them, may occur
     */
    record Text(int least, boolean control) implements FieldType {}

    record Name() implements FieldType {}

    record Subset() implements FieldType {}

    record Namespace() implements FieldType {}

    record Gateway() implements FieldType {}

    /**
     * A host.
     *
     * @param scoped whether a namespace and a slash may go before
     * @param address whether an IP address will do
     */
    record Host(boolean scoped, boolean address) implements FieldType {}

    /**
     * A name of lower-case labels.
     *
     * @param wildcard whether a star may stand in the place of the first one
     */
    record Subdomain(boolean wildcard) implements FieldType {}

    record Flag() implements FieldType {}

    /** A duration of at least some milliseconds. */
    record Span(int least) implements FieldType {}

    record Regex(boolean orStar) implements FieldType {}

    record Percent() implements FieldType {}

    record Subnet() implements FieldType {}

    record PortOrName() implements FieldType {}

    record Secret() implements FieldType {}

    record Any() implements FieldType {}

    /** A whole number within bounds, both included. */
    record Whole(long min, long max) implements FieldType {}

    /** A number within bounds, both included. */
    record Decimal(double min, double max) implements FieldType {}

    /** One of a list of words. */
    record Choice(List<String> words) implements FieldType {}

    /** A mapping with known fields. */
    record Section(Shape shape) implements FieldType {}

    /** A list of values of one type. */
    record ListOf(FieldType item) implements FieldType {}

    /**
     * Labels.
     *
     * @param wanted whether they are those of something else, to be looked for
     */
    record Labels(boolean wanted) implements FieldType {}

    /** A mapping from free names to values of one type. */
    record MapOf(FieldType value) implements FieldType {}

    /** Returns the type of a word out of {@code words}. */
    static FieldType choice(String... words) {
        return new Choice(List.of(words));
    }

    /** Returns the type of a list of sections. */
    static FieldType listOf(Shape shape) {
        return new ListOf(new Section(shape));
    }

    /** Returns the type of a list of values. */
    static FieldType listOf(FieldType item) {
        return new ListOf(item);
    }

    /** Returns the type of one section. */
    static FieldType section(Shape shape) {
        return new Section(shape);
    }
}
