package dev.binnacle.spi.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the text of a setting becomes a value.
 *
 * @param name what a valid text is, as it continues "must be …"
 * @param parser throws {@link IllegalArgumentException} for any text that is not valid
 * @param form what a JSON Schema says about it
 */
public record ValueType<T>(String name, Function<String, T> parser, Form form) {
    /**
     * What a JSON Schema says about a value.
     *
     * @param json {@code string}, {@code integer} or {@code boolean}
     * @param pattern a regular expression that part of every valid text matches; empty when there is none to give
     * @param least the least number that is valid; null for none
     * @param most the greatest; null for none
     * @param secret whether nobody is shown the value once it is given
     */
    public record Form(
            String json,
            String pattern,
            @Nullable Integer least,
            @Nullable Integer most,
            boolean secret) {
        /** Any text. */
        public static final Form TEXT = new Form("string", "");

        /** A form without bounds. */
        public Form(String json, String pattern) {
            this(json, pattern, null, null);
        }

        /** A form that may be shown. */
        public Form(String json, String pattern, @Nullable Integer least, @Nullable Integer most) {
            this(json, pattern, least, most, false);
        }

        private Form hidden() {
            return new Form(json, pattern, least, most, true);
        }
    }

    /** Makes a type of whose form nothing is known but that it is text. */
    public ValueType(String name, Function<String, T> parser) {
        this(name, parser, Form.TEXT);
    }

    /** Any text but an empty one. */
    public static final ValueType<String> TEXT =
            new ValueType<>("a text that is not empty", ValueType::text, new Form("string", "\\S"));

    /** A decimal number without a fraction, such as {@code 500}. */
    public static final ValueType<Integer> INTEGER =
            new ValueType<>("a whole number", Integer::valueOf, new Form("integer", ""));

    /** {@code true} or {@code false}. */
    public static final ValueType<Boolean> BOOLEAN =
            new ValueType<>("true or false", ValueType::flag, new Form("boolean", ""));

    /** A time span longer than zero, written as in Prometheus: {@code 500ms}, {@code 15s}, {@code 1h30m}. */
    public static final ValueType<Duration> DURATION = new ValueType<>(
            "a duration such as 500ms, 15s or 1h30m", Durations::parse, new Form("string", "^([0-9]+(ms|[dhms]))+$"));

    /** An {@code http} or {@code https} URL. */
    public static final ValueType<URI> URL =
            new ValueType<>("an http or https URL", ValueType::url, new Form("string", "^https?://"));

    /** Texts separated by commas; blanks around them do not count. */
    public static final ValueType<List<String>> LIST = new ValueType<>("a list separated by commas", ValueType::list);

    /** Returns the type of whole numbers that are not less than {@code least}. */
    public static ValueType<Integer> atLeast(int least) {
        return new ValueType<>(
                "a whole number, " + least + " or more",
                text -> within(text, least, Integer.MAX_VALUE),
                new Form("integer", "", least, null));
    }

    /** Returns the type of whole numbers from {@code least} to {@code most}. */
    public static ValueType<Integer> between(int least, int most) {
        return new ValueType<>(
                "a whole number from " + least + " to " + most,
                text -> within(text, least, most),
                new Form("integer", "", least, most));
    }

    /** Returns the type of the same values that are shown to nobody: the host hides them in messages, in the API and in forms. */
    public static <T> ValueType<T> secret(ValueType<T> type) {
        return new ValueType<>(type.name(), type.parser(), type.form().hidden());
    }

    /** Tells whether {@code text} is valid. */
    public boolean accepts(String text) {
        try {
            return parser.apply(text) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String text(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("blank");
        }
        return text;
    }

    private static Integer within(String text, int least, int most) {
        int number = Integer.parseInt(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static Boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        };
    }

    private static URI url(String text) {
        URI uri = URI.create(text);
        boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
        if (!web || uri.getHost() == null) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }

    private static List<String> list(String text) {
        return Stream.of(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }
}
