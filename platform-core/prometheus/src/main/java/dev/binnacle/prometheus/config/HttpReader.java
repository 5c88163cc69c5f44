package dev.binnacle.prometheus.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads how servers are asked. */
final class HttpReader {
    private static final Set<String> VERSIONS = Set.of("TLS12", "TLS13");

    private final Path folder;

    /** @param folder what relative file names begin at */
    HttpReader(Path folder) {
        this.folder = folder;
    }

    /** Reads the keys of {@code section} that are about HTTP; others may be there too. */
    HttpOptions read(Section section) {
        // HTTP/2 would be tried for TLS; HTTP/1.1 is what is spoken here.
        section.ignore("enable_http2");
        var basic = basicAuth(section);
        var authorization = authorization(section);
        if (basic != null && authorization != null) {
            section.problem("basic_auth", "does not go together with another authorization");
        }
        return new HttpOptions(
                basic,
                authorization,
                tls(section),
                section.flag("follow_redirects", true),
                headers(section.section("http_headers")));
    }

    private @Nullable BasicAuth basicAuth(Section parent) {
        boolean there = parent.has("basic_auth");
        var section = parent.section("basic_auth");
        var username = secret(section, "username", "username_file");
        var password = secret(section, "password", "password_file");
        section.end();
        return there
                ? new BasicAuth(
                        username == null ? Secret.of("") : username, password == null ? Secret.of("") : password)
                : null;
    }

    private @Nullable Authorization authorization(Section parent) {
        boolean there = parent.has("authorization");
        var section = parent.section("authorization");
        String type = section.text("type", "Bearer").strip();
        var credentials = secret(section, "credentials", "credentials_file");
        section.end();
        if (type.equalsIgnoreCase("basic")) {
            section.problem("type", "cannot be Basic: use basic_auth");
        }
        var token = secret(parent, "bearer_token", "bearer_token_file");
        if (token != null && there) {
            parent.problem("authorization", "does not go together with bearer_token");
        }
        if (token != null) {
            return new Authorization("Bearer", token);
        }
        return there
                ? new Authorization(type.isEmpty() ? "Bearer" : type, credentials == null ? Secret.of("") : credentials)
                : null;
    }

    private TlsOptions tls(Section parent) {
        var section = parent.section("tls_config");
        var tls = new TlsOptions(
                secret(section, "ca", "ca_file"),
                secret(section, "cert", "cert_file"),
                secret(section, "key", "key_file"),
                section.text("server_name", ""),
                section.flag("insecure_skip_verify", false),
                section.value("min_version", "", HttpReader::version));
        section.end();
        if ((tls.certificate() == null) != (tls.key() == null)) {
            section.problem("cert_file", "a certificate and its key go together");
        }
        return tls;
    }

    private Map<String, List<Secret>> headers(Section section) {
        var headers = new LinkedHashMap<String, List<Secret>>();
        for (String name : section.keys()) {
            var header = section.section(name);
            var values = new ArrayList<Secret>();
            header.texts("values").forEach(value -> values.add(Secret.of(value)));
            header.texts("secrets").forEach(value -> values.add(Secret.of(value)));
            header.texts("files").forEach(file -> values.add(Secret.in(folder.resolve(file))));
            header.end();
            headers.put(name, List.copyOf(values));
        }
        return headers;
    }

    private @Nullable Secret secret(Section section, String key, String fileKey) {
        String text = section.text(key, "");
        String file = section.text(fileKey, "");
        if (!text.isEmpty() && !file.isEmpty()) {
            section.problem(key, "does not go together with " + fileKey);
        }
        if (!file.isEmpty()) {
            return Secret.in(folder.resolve(file));
        }
        return text.isEmpty() ? null : Secret.of(text);
    }

    private static String version(String text) {
        if (!VERSIONS.contains(text)) {
            throw new IllegalArgumentException("is TLS12 or TLS13");
        }
        return text;
    }
}
