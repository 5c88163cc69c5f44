package dev.binnacle.mesh.istio.security;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The name of an attribute as a condition's {@code key} writes it.
 *
 * @param kind what it is
 * @param names what stands in brackets: a header's name, or a claim's within others; empty for other kinds
 */
public record AttributeKey(Kind kind, List<String> names) {
    /** What can be asked for. Fields of sources and operations are attributes too. */
    public enum Kind {
        SOURCE_IP("source.ip"),
        REMOTE_IP("remote.ip"),
        SOURCE_NAMESPACE("source.namespace"),
        SOURCE_TRUST_DOMAIN("source.trustDomain"),
        SOURCE_SERVICE_ACCOUNT("source.serviceAccount"),
        SOURCE_PRINCIPAL("source.principal"),
        REQUEST_PRINCIPAL("request.auth.principal"),
        REQUEST_AUDIENCES("request.auth.audiences"),
        REQUEST_PRESENTER("request.auth.presenter"),
        REQUEST_CLAIM("request.auth.claims"),
        REQUEST_HEADER("request.headers"),
        DESTINATION_IP("destination.ip"),
        DESTINATION_PORT("destination.port"),
        SERVER_NAME("connection.sni"),
        HOST(""),
        METHOD(""),
        PATH("");

        private final String written;

        Kind(String written) {
            this.written = written;
        }

        /** Tells whether it is about what is asked for, not about who asks. */
        public boolean isOfOperation() {
            return switch (this) {
                case DESTINATION_IP, DESTINATION_PORT, SERVER_NAME, HOST, METHOD, PATH -> true;
                default -> false;
            };
        }

        /** Tells whether connections that carry no HTTP lack it. */
        public boolean isOfHttp() {
            return switch (this) {
                case REQUEST_PRINCIPAL,
                        REQUEST_AUDIENCES,
                        REQUEST_PRESENTER,
                        REQUEST_CLAIM,
                        REQUEST_HEADER,
                        HOST,
                        METHOD,
                        PATH -> true;
                default -> false;
            };
        }

        /** Tells whether it is read from a token. */
        public boolean isOfToken() {
            return switch (this) {
                case REQUEST_PRINCIPAL, REQUEST_AUDIENCES, REQUEST_PRESENTER, REQUEST_CLAIM -> true;
                default -> false;
            };
        }

        /** Tells whether it is read from the certificate of the peer. */
        public boolean isOfCertificate() {
            return switch (this) {
                case SOURCE_NAMESPACE, SOURCE_TRUST_DOMAIN, SOURCE_SERVICE_ACCOUNT, SOURCE_PRINCIPAL -> true;
                default -> false;
            };
        }

        private boolean hasNames() {
            return this == REQUEST_HEADER || this == REQUEST_CLAIM;
        }
    }

    public AttributeKey {
        names = List.copyOf(names);
    }

    static AttributeKey of(Kind kind) {
        return new AttributeKey(kind, List.of());
    }

    /** Returns the attribute of a condition's key; empty when there is none of that name. */
    static Optional<AttributeKey> parse(String key) {
        int bracket = key.indexOf('[');
        String word = bracket < 0 ? key : key.substring(0, bracket);
        return Arrays.stream(Kind.values())
                .filter(kind -> !kind.written.isEmpty() && kind.written.equals(word))
                .filter(kind -> kind.hasNames() == bracket >= 0)
                .findFirst()
                .flatMap(kind -> bracket < 0
                        ? Optional.of(of(kind))
                        : names(key.substring(bracket), kind).map(names -> new AttributeKey(kind, names)));
    }

    /** Returns the names in brackets; claims may be nested, and what is nested in no regular way is one name. */
    private static Optional<List<String>> names(String brackets, Kind kind) {
        if (!brackets.endsWith("]") || brackets.length() < 3) {
            return Optional.empty();
        }
        String inner = brackets.substring(1, brackets.length() - 1);
        var parts = Arrays.asList(inner.split("]\\[", -1));
        boolean nested = kind == Kind.REQUEST_CLAIM
                && parts.stream().noneMatch(part -> part.contains("[") || part.contains("]"));
        return Optional.of(nested ? new ArrayList<>(parts) : List.of(inner));
    }

    /** Returns the names that a condition's key may begin with. */
    static List<String> known() {
        return Arrays.stream(Kind.values())
                .filter(kind -> !kind.written.isEmpty())
                .map(kind -> kind.written + (kind.hasNames() ? "[NAME]" : ""))
                .toList();
    }

    @Override
    public String toString() {
        String written = kind.written.isEmpty() ? kind.name().toLowerCase(java.util.Locale.ROOT) : kind.written;
        return names.isEmpty() ? written : written + "[" + String.join("][", names) + "]";
    }
}
