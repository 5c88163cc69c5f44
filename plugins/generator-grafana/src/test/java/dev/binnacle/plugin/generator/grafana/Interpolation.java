package dev.binnacle.plugin.generator.grafana;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Grafana puts in the place of variables, as its sources say ({@code formatRegistry} of {@code @grafana/scenes}). */
public final class Interpolation {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}:]+)(?::(\\w+))?\\}|\\$(\\w+)");
    private static final Pattern SPECIAL = Pattern.compile("[\\\\^$*+?.()|\\[\\]{}/]");

    /** What a variable holds when all of its values are chosen; the dashboards' own text stands for it, in every format. */
    public static final String ALL = "$__all";

    private static final String EVERYTHING = ".*";
    private static final Map<String, String> OF_GRAFANA =
            Map.of("__rate_interval", "1m", "__range", "1h", "__url_time_range", "from=now-1h&to=now");

    private Interpolation() {}

    /** Returns {@code text} with the values of variables; an unknown one stays, as it does in Grafana. */
    public static String of(String text, Map<String, String> values) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String name = found.group(1) == null ? found.group(3) : found.group(1);
            String format = found.group(2) == null ? "" : found.group(2);
            String value = OF_GRAFANA.getOrDefault(name, values.get(name));
            return Matcher.quoteReplacement(value == null ? found.group() : formatted(name, value, format));
        });
    }

    private static String formatted(String name, String value, String format) {
        if (value.equals(ALL)) {
            return format.equals("queryparam") ? "var-" + name + "=" + ALL : EVERYTHING;
        }
        return switch (format) {
            case "" -> value;
            case "regex" -> SPECIAL.matcher(value).replaceAll("\\\\$0");
            case "percentencode" -> encoded(value);
            case "queryparam" -> "var-" + name + "=" + encoded(value);
            default -> throw new IllegalArgumentException("a format that nobody has looked up: " + format);
        };
    }

    /** As {@code encodeURIComponent}, and {@code !'()*} encoded, too. */
    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }
}
