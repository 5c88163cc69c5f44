package dev.binnacle.plugin.exporter.alertmanager;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text in which {@code {label}} stands for a label's value, and {@code {value}} for the sample's. What is put in stays as it is:
 * braces in it mean nothing.
 */
record Template(String text) {
    private static final Pattern PLACE = Pattern.compile("\\{([a-zA-Z_][a-zA-Z0-9_]*)}");

    /** Returns the text for an alert; a label that it does not have is empty. */
    String of(Alert alert) {
        return filled(alert, UnaryOperator.identity());
    }

    /** Returns the text for an alert, with values as a URL has them. */
    String urlOf(Alert alert) {
        return filled(alert, value -> URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private String filled(Alert alert, UnaryOperator<String> form) {
        return PLACE.matcher(text)
                .replaceAll(place -> Matcher.quoteReplacement(form.apply(value(alert, place.group(1)))));
    }

    private static String value(Alert alert, String name) {
        return name.equals("value")
                ? number(alert.value())
                : alert.labels().get(name).orElse("");
    }

    private static String number(double value) {
        boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
        return whole ? Long.toString((long) value) : Double.toString(value);
    }
}
