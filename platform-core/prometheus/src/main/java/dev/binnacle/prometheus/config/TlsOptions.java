package dev.binnacle.prometheus.config;

import org.jspecify.annotations.Nullable;

/**
 * How TLS is spoken to a server.
 *
 * @param ca certificates that are trusted, PEM; null for those that Java trusts
 * @param certificate the client's own chain, PEM; null for none
 * @param key its key, PEM
 * @param serverName the name that is asked for and verified; empty for the URL's. One that begins with {@code spiffe://} is the id that
 *     the server's certificate has to have; a name is then not verified
 * @param insecureSkipVerify whether anybody is believed; not so when there is a SPIFFE id to verify
 * @param minVersion such as {@code TLS12}; empty for Java's choice
 */
public record TlsOptions(
        @Nullable Secret ca,
        @Nullable Secret certificate,
        @Nullable Secret key,
        String serverName,
        boolean insecureSkipVerify,
        String minVersion) {
    /** Java's trust, no client certificate. */
    public static final TlsOptions DEFAULT = new TlsOptions(null, null, null, "", false, "");

    private static final String SPIFFE = "spiffe://";

    /** Tells whether the server is known by its SPIFFE id. */
    public boolean isSpiffe() {
        return serverName.startsWith(SPIFFE);
    }
}
