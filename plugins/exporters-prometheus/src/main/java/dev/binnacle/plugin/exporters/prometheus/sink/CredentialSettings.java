package dev.binnacle.plugin.exporters.prometheus.sink;

import dev.binnacle.prometheus.config.Authorization;
import dev.binnacle.prometheus.config.BasicAuth;
import dev.binnacle.prometheus.config.HttpOptions;
import dev.binnacle.prometheus.config.Secret;
import dev.binnacle.prometheus.config.TlsOptions;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.config.ValueType;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The settings for what a receiver wants to see before it takes anything. */
public final class CredentialSettings {
    private static final ValueType<String> ANY = new ValueType<>("a text", text -> text);

    static final ConfigKey<String> USERNAME =
            new ConfigKey<>("username", ANY, "", "The user's name, for basic authentication");
    static final ConfigKey<String> PASSWORD = new ConfigKey<>("password", ANY, "", "The user's password; never shown");
    static final ConfigKey<String> PASSWORD_FILE =
            new ConfigKey<>("password-file", ANY, "", "A file with the password, read for every request");
    static final ConfigKey<String> BEARER_TOKEN = new ConfigKey<>("bearer-token", ANY, "", "A token; never shown");
    static final ConfigKey<String> BEARER_TOKEN_FILE =
            new ConfigKey<>("bearer-token-file", ANY, "", "A file with the token, read for every request");

    private CredentialSettings() {}

    /** Returns an exporter's own keys, and these after them. */
    public static List<ConfigKey<?>> with(ConfigKey<?>... own) {
        return Stream.concat(
                        Stream.of(own), Stream.of(USERNAME, PASSWORD, PASSWORD_FILE, BEARER_TOKEN, BEARER_TOKEN_FILE))
                .toList();
    }

    /** Returns what the settings say. */
    public static HttpOptions read(Settings settings) throws InvalidConfigException {
        String username = settings.get(USERNAME);
        var password = secret(settings, PASSWORD, PASSWORD_FILE);
        var token = secret(settings, BEARER_TOKEN, BEARER_TOKEN_FILE);
        if (password.isPresent() && username.isEmpty()) {
            throw problem(USERNAME, "there is a password and no user", "Write whose password it is");
        }
        if (!username.isEmpty() && token.isPresent()) {
            throw problem(BEARER_TOKEN, "there is a user, too", "Write one of them");
        }
        if (!username.isEmpty()) {
            return with(new BasicAuth(Secret.of(username), password.orElse(Secret.of(""))), null);
        }
        return with(
                null, token.map(secret -> new Authorization("Bearer", secret)).orElse(null));
    }

    private static HttpOptions with(@Nullable BasicAuth basic, @Nullable Authorization other) {
        return new HttpOptions(basic, other, TlsOptions.DEFAULT, false, Map.of());
    }

    private static Optional<Secret> secret(Settings settings, ConfigKey<String> text, ConfigKey<String> file)
            throws InvalidConfigException {
        String written = settings.get(text);
        String named = settings.get(file);
        if (!written.isEmpty() && !named.isEmpty()) {
            throw problem(file, text.name() + " is there, too", "Write one of them");
        }
        if (!named.isEmpty()) {
            return Optional.of(Secret.in(Path.of(named)));
        }
        return written.isEmpty() ? Optional.empty() : Optional.of(Secret.of(written));
    }

    private static InvalidConfigException problem(ConfigKey<?> key, String message, String fix) {
        return new InvalidConfigException(List.of(new ConfigProblem(key.name(), message, fix)));
    }
}
