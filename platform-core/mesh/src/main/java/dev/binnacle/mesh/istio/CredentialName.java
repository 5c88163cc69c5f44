package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.Place;

/**
 * A certificate or authorities, by the name under which proxies ask for them: Istio's {@code kubernetes://NAME} for a
 * Secret, {@code kubernetes-gateway://NAMESPACE/NAME} where Gateway API refers to it, {@code file-cert:CERTIFICATE~KEY} and {@code file-root:AUTHORITIES} for files of the pod.
 *
 * @param place where it is written
 */
public record CredentialName(String text, Place place) {
    public static final String SECRET = "kubernetes://";

    /** Before {@code NAMESPACE/NAME} of a Secret that a listener of Gateway API may refer to. */
    public static final String GATEWAY_SECRET = "kubernetes-gateway://";

    public static final String FILES = "file-cert:";
    public static final String AUTHORITIES_FILE = "file-root:";

    /** What Istio appends to the name of a Secret to ask for the authorities in it, or in one that is called so. */
    public static final String AUTHORITIES = "-cacert";

    private static final String SEPARATOR = "~";

    /** Names a Secret as {@code credentialName} does, with or without {@code kubernetes://}. */
    public static CredentialName secret(String name, Place place) {
        return new CredentialName(name.startsWith(SECRET) ? name : SECRET + name, place);
    }

    /** Names the authorities that belong to a Secret. */
    public static CredentialName authoritiesOf(String secret, Place place) {
        return secret(secret + AUTHORITIES, place);
    }

    /** Names a Secret of whatever namespace, to which a listener of Gateway API may refer. */
    public static CredentialName gatewaySecret(String namespace, String name, Place place) {
        return new CredentialName(GATEWAY_SECRET + namespace + "/" + name, place);
    }

    /** Names the authorities that belong to this Secret. */
    public CredentialName authorities() {
        return new CredentialName(text + AUTHORITIES, place);
    }

    /** Names the files of a certificate and its key. */
    public static CredentialName files(String certificates, String key, Place place) {
        return new CredentialName(FILES + certificates + SEPARATOR + key, place);
    }

    /** Names a file of authorities, and one of what they revoked; empty for none. */
    public static CredentialName authorities(String file, String revoked, Place place) {
        String also = revoked.isEmpty() ? "" : SEPARATOR + revoked;
        return new CredentialName(AUTHORITIES_FILE + file + also, place);
    }

    /** Returns what {@link #text} names after its prefix: a Secret, or one or two files. */
    public static String[] parts(String text, String prefix) {
        return text.substring(prefix.length()).split(SEPARATOR, 2);
    }
}
