package dev.binnacle.mesh.istio.security;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.istio.security.AttributeKey.Kind;
import dev.binnacle.mesh.schema.Subnets;
import java.util.Optional;

/** What values of attributes look like. */
final class AttributeSyntax {
    static final int MOST_ACCOUNTS = 16;

    private static final int LONGEST_ACCOUNT = 320;
    private static final String ONE = "{*}";
    private static final String ANY = "{**}";
    private static final Pattern PORT = Pattern.compile("[0-9]{1,5}");
    private static final Pattern LITERAL = Pattern.compile("[a-zA-Z0-9-._~%!$&'()+,;:@=]+");

    private AttributeSyntax() {}

    /** Returns what is wrong with a value, to be read after it; empty when nothing is. */
    static Optional<String> problem(Kind kind, String value) {
        return switch (kind) {
            case SOURCE_IP, REMOTE_IP, DESTINATION_IP ->
                unless(Subnets.canonical(value).isPresent(), "is neither an address nor a CIDR block");
            case DESTINATION_PORT ->
                unless(PORT.matches(value) && Integer.parseInt(value) < 65536, "is not the number of a port");
            case SOURCE_SERVICE_ACCOUNT -> unless(isAccount(value), "is neither a name nor namespace/name");
            case SOURCE_TRUST_DOMAIN ->
                unless(isTrustDomain(value), "is not a trust domain, perhaps with * at one end");
            case PATH -> path(value);
            default -> Optional.empty();
        };
    }

    private static Optional<String> unless(boolean right, String problem) {
        return right ? Optional.empty() : Optional.of(problem);
    }

    private static boolean isAccount(String value) {
        int slash = value.indexOf('/');
        return !value.contains("*")
                && value.length() <= LONGEST_ACCOUNT
                && slash == value.lastIndexOf('/')
                && slash != 0
                && slash != value.length() - 1;
    }

    private static boolean isTrustDomain(String value) {
        int star = value.indexOf('*');
        return !value.contains("/") && star == value.lastIndexOf('*') && (star <= 0 || star == value.length() - 1);
    }

    /** Tells whether a path stands for several by its segments. */
    static boolean isTemplate(String path) {
        return path.contains(ONE) || path.contains(ANY);
    }

    /** Segments may be {@code {*}}, and one of them, behind those, {@code {**}}. */
    private static Optional<String> path(String path) {
        boolean template = isTemplate(path);
        boolean any = false;
        for (String segment : path.replaceAll("^/+|/+$", "").split("/", -1)) {
            boolean operator = segment.equals(ONE) || segment.equals(ANY);
            if (operator && any) {
                return Optional.of("has something to fill in behind {**}");
            }
            any |= segment.equals(ANY);
            if (!operator && (segment.contains("{") || segment.contains("}"))) {
                return Optional.of("has a brace that is part of neither {*} nor {**}");
            }
            if (!operator && template && !LITERAL.matches(segment)) {
                return Optional.of("has the segment \"" + segment + "\", which no path can have");
            }
        }
        return Optional.empty();
    }
}
