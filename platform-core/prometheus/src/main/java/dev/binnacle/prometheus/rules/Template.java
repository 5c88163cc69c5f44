package dev.binnacle.prometheus.rules;

/** Texts in alerts' labels and annotations, which Prometheus reads as templates. */
public final class Template {
    private Template() {}

    /** Returns {@code text} so that it is shown as it is: braces in a name start no template. */
    public static String literal(String text) {
        return text.replace("{{", "{{ \"{{\" }}");
    }
}
