package dev.binnacle.kubernetes.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;

/**
 * An event of type Warning.
 *
 * @param object what it is about: {@code Pod shop/catalog-1}
 * @param reason one word
 * @param message shortened
 * @param count how often it has happened
 * @param at when it happened last, as Kubernetes writes it; empty when it does not say
 */
public record Warning(String object, String reason, String message, int count, String at) {
    private static final int LONGEST = 300;

    static Warning of(GenericKubernetesResource event) {
        var fields = Fields.of(event);
        var about = fields.section("involvedObject");
        String message = fields.text("message", "");
        String last = fields.text("lastTimestamp", fields.text("eventTime", ""));
        return new Warning(
                about.text("kind", "") + " " + event.getMetadata().getNamespace() + "/" + about.text("name", ""),
                fields.text("reason", ""),
                message.length() > LONGEST ? message.substring(0, LONGEST) + "…" : message,
                Math.max(1, fields.number("count")),
                last);
    }
}
