package dev.binnacle.mesh.compile.security;

import java.util.List;
import java.util.stream.Stream;

/**
 * Trust domains that mean the same mesh.
 *
 * @param names the mesh's own first, then its aliases
 */
record TrustDomains(List<String> names) {
    private static final String LOCAL = "cluster.local";
    private static final int PARTS = 5;

    TrustDomains {
        names = List.copyOf(names);
    }

    /** Returns the principals that are meant: those of one of these domains are meant in all of them. */
    List<String> ofPrincipals(List<String> principals) {
        return principals.stream().flatMap(this::ofPrincipal).toList();
    }

    private Stream<String> ofPrincipal(String principal) {
        var parts = principal.split("/", -1);
        boolean own = parts.length == PARTS
                && !parts[0].equals("*")
                && (parts[0].equals(LOCAL) || names.stream().anyMatch(name -> matches(parts[0], name)));
        return own ? names.stream().map(name -> in(name, principal)).distinct() : Stream.of(principal);
    }

    /** A domain written with a star stays as it is where it matches. */
    private static String in(String domain, String principal) {
        int slash = principal.indexOf('/');
        String written = principal.substring(0, slash);
        boolean covered = written.startsWith("*") && domain.endsWith(written.substring(1));
        return covered ? principal : domain + principal.substring(slash);
    }

    private static boolean matches(String written, String domain) {
        if (written.startsWith("*")) {
            return domain.endsWith(written.substring(1));
        }
        return written.endsWith("*")
                ? domain.startsWith(written.substring(0, written.length() - 1))
                : domain.equals(written);
    }

    /** Returns the domains that are meant: one of these means all. */
    List<String> expanded(List<String> domains) {
        return domains.stream()
                .flatMap(domain -> names.contains(domain) ? names.stream() : Stream.of(domain))
                .distinct()
                .toList();
    }
}
