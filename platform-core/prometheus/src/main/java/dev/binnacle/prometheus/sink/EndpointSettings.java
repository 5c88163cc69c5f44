package dev.binnacle.prometheus.sink;

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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The settings for how a receiver is reached, and what it wants to see before it takes anything. */
public final class EndpointSettings {
    private static final ValueType<String> ANY = new ValueType<>("a text", text -> text);
    private static final ValueType<String> HIDDEN = ValueType.secret(ANY);

    static final ConfigKey<Duration> TIMEOUT =
            new ConfigKey<>("timeout", ValueType.DURATION, "10s", "How long one request may take");
    static final ConfigKey<String> USERNAME =
            new ConfigKey<>("username", ANY, "", "The user's name, for basic authentication");
    static final ConfigKey<String> PASSWORD =
            new ConfigKey<>("password", HIDDEN, "", "The user's password; never shown");
    static final ConfigKey<String> PASSWORD_FILE =
            new ConfigKey<>("password-file", ANY, "", "A file with the password, read for every request");
    static final ConfigKey<String> BEARER_TOKEN = new ConfigKey<>("bearer-token", HIDDEN, "", "A token; never shown");
    static final ConfigKey<String> BEARER_TOKEN_FILE =
            new ConfigKey<>("bearer-token-file", ANY, "", "A file with the token, read for every request");
    static final ConfigKey<String> HEADERS =
            new ConfigKey<>("headers", HIDDEN, "", "Further headers, as NAME=VALUE,NAME=VALUE; values are never shown");
    static final ConfigKey<String> CA_FILE =
            new ConfigKey<>("ca-file", ANY, "", "Certificates to trust, PEM; Java's when there is none");
    static final ConfigKey<String> CERT_FILE =
            new ConfigKey<>("cert-file", ANY, "", "The client's own certificate and its chain, PEM");
    static final ConfigKey<String> KEY_FILE = new ConfigKey<>("key-file", ANY, "", "The key of cert-file, PEM");
    static final ConfigKey<String> SERVER_NAME = new ConfigKey<>(
            "server-name",
            ANY,
            "",
            "The name, or spiffe:// id, that the receiver's certificate has; the URL's host if empty");

    private static final List<ConfigKey<?>> CREDENTIALS = List.of(
            USERNAME,
            PASSWORD,
            PASSWORD_FILE,
            BEARER_TOKEN,
            BEARER_TOKEN_FILE,
            HEADERS,
            CA_FILE,
            CERT_FILE,
            KEY_FILE,
            SERVER_NAME);

    private EndpointSettings() {}

    /** Returns an exporter's own keys, and these after them. */
    public static List<ConfigKey<?>> with(ConfigKey<?>... own) {
        var all = new ArrayList<>(List.of(own));
        all.add(TIMEOUT);
        all.addAll(CREDENTIALS);
        return all;
    }

    /** Returns an extension's own keys, its own for time limits among them, and those for who is asked and who asks after them. */
    public static List<ConfigKey<?>> credentialsWith(ConfigKey<?>... own) {
        var all = new ArrayList<>(List.of(own));
        all.addAll(CREDENTIALS);
        return all;
    }

    /** Returns the receiver at {@code url}, reached as the settings say. */
    public static Endpoint endpoint(Settings settings, URI url) throws InvalidConfigException {
        return new Endpoint(url, options(settings), settings.get(TIMEOUT));
    }

    /** Returns how a server is asked; redirects are not followed. */
    public static HttpOptions options(Settings settings) throws InvalidConfigException {
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
            return with(settings, new BasicAuth(Secret.of(username), password.orElse(Secret.of(""))), null);
        }
        var bearer = token.map(secret -> new Authorization("Bearer", secret)).orElse(null);
        return with(settings, null, bearer);
    }

    private static HttpOptions with(Settings settings, @Nullable BasicAuth basic, @Nullable Authorization other)
            throws InvalidConfigException {
        return new HttpOptions(basic, other, tls(settings), false, Map.of()).with(headers(settings));
    }

    private static TlsOptions tls(Settings settings) throws InvalidConfigException {
        var certificate = file(settings, CERT_FILE);
        var key = file(settings, KEY_FILE);
        if ((certificate == null) != (key == null)) {
            throw problem(CERT_FILE, "a certificate and its key go together", "Write cert-file and key-file");
        }
        return new TlsOptions(file(settings, CA_FILE), certificate, key, settings.get(SERVER_NAME), false, "");
    }

    private static Map<String, String> headers(Settings settings) throws InvalidConfigException {
        var headers = new TreeMap<String, String>();
        for (String pair : ValueType.LIST.parser().apply(settings.get(HEADERS))) {
            int equals = pair.indexOf('=');
            if (equals < 1 || !pair.substring(0, equals).matches("[A-Za-z0-9_-]+")) {
                throw problem(HEADERS, "one of them is not NAME=VALUE", "Write them as X-One=1,X-Two=2");
            }
            headers.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return headers;
    }

    private static @Nullable Secret file(Settings settings, ConfigKey<String> key) {
        String name = settings.get(key);
        return name.isEmpty() ? null : Secret.in(Path.of(name));
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
