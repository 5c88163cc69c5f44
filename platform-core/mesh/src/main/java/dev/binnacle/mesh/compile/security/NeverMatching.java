package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.istio.security.Attribute;
import dev.binnacle.mesh.istio.security.AttributeKey.Kind;
import java.util.Locale;
import java.util.Optional;

/** Attributes of which no request has what is asked for. */
final class NeverMatching {
    /** Why, and what to do. */
    record Never(String reason, String fix) {}

    private NeverMatching() {}

    /** Returns why nothing matches; empty when something may. */
    static Optional<Never> reason(Attribute attribute) {
        if (attribute.values().isEmpty()) {
            return Optional.empty();
        }
        if (attribute.notValues().containsAll(attribute.values())) {
            return Optional.of(new Never(
                    "whatever " + attribute.key() + " may be is also what it may not be",
                    "Take the values out of one of the two"));
        }
        Optional<Never> result = Optional.empty();
        for (String value : attribute.values()) {
            var never = reason(attribute.key().kind(), value);
            if (never.isEmpty()) {
                return Optional.empty();
            }
            result = result.or(() -> never);
        }
        return result;
    }

    private static Optional<Never> reason(Kind kind, String value) {
        return switch (kind) {
            case PATH -> path(value);
            case METHOD ->
                value.equals(value.toUpperCase(Locale.ROOT))
                        ? Optional.empty()
                        : Optional.of(new Never(
                                "methods are written in capital letters, not \"" + value + "\"",
                                "Write " + value.toUpperCase(Locale.ROOT)));
            case SOURCE_PRINCIPAL ->
                value.startsWith("spiffe://")
                        ? Optional.of(new Never(
                                "principals are written without spiffe://, not \"" + value + "\"",
                                "Write " + value.substring("spiffe://".length())))
                        : Optional.empty();
            case HOST ->
                value.contains("/")
                        ? Optional.of(new Never("no host has a slash, like \"" + value + "\"", "Write the host alone"))
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Never> path(String value) {
        if (!value.startsWith("/") && !value.startsWith("*") && !value.startsWith("{")) {
            return Optional.of(new Never("paths begin with a slash, unlike \"" + value + "\"", "Write /" + value));
        }
        if (value.contains("?") || value.contains("#")) {
            return Optional.of(new Never(
                    "a path is compared without its query and fragment, unlike \"" + value + "\"",
                    "Write what is before them"));
        }
        return Optional.empty();
    }
}
