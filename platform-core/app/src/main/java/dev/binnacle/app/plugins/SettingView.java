package dev.binnacle.app.plugins;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.spi.config.ConfigKey;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A setting of an extension, and what holds for it.
 *
 * @param value null where it is secret, or nothing holds
 * @param origin {@code api} (given while running), {@code configuration}, {@code default} or {@code missing}
 * @param secret whether its value is shown to nobody
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record SettingView(String name, @Nullable String value, String origin, boolean secret) {
    static SettingView of(ConfigKey<?> key, Map<String, String> configured, Map<String, String> given) {
        boolean secret = key.type().form().secret();
        var value = Optional.ofNullable(given.get(key.name()))
                .or(() -> Optional.ofNullable(configured.get(key.name())))
                .or(() -> Optional.ofNullable(key.fallback()));
        return new SettingView(
                key.name(),
                secret ? null : value.map(SettingView::withoutUserInfo).orElse(null),
                origin(key, configured, given),
                secret);
    }

    private static String origin(ConfigKey<?> key, Map<String, String> configured, Map<String, String> given) {
        if (given.containsKey(key.name())) {
            return "api";
        }
        if (configured.containsKey(key.name())) {
            return "configuration";
        }
        return key.fallback() == null ? "missing" : "default";
    }

    /** A user's name and password in a URL are for its server. */
    private static String withoutUserInfo(String value) {
        return value.replaceAll("//[^/?#]*@", "//…@");
    }
}
