package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.ir.access.Source;
import dev.binnacle.mesh.ir.access.Text;

/** Principals of tokens, {@code issuer/subject}; the issuer may be an URL, so the last slash counts. */
final class TokenPrincipals {
    private TokenPrincipals() {}

    static Source of(String written) {
        int slash = written.lastIndexOf('/');
        String issuer = slash < 0 ? written : written.substring(0, slash);
        String subject = slash < 0 ? "" : written.substring(slash + 1);
        if (written.equals("*")) {
            return new Source.Principal(Texts.SOMETHING, Texts.SOMETHING);
        }
        if (written.startsWith("*")) {
            return slash < 0
                    ? new Source.Principal(Texts.SOMETHING, suffix(written))
                    : new Source.Principal(issuer.equals("*") ? Texts.SOMETHING : suffix(issuer), exact(subject));
        }
        if (written.endsWith("*")) {
            return slash < 0
                    ? new Source.Principal(prefix(written), Texts.SOMETHING)
                    : new Source.Principal(exact(issuer), subject.equals("*") ? Texts.SOMETHING : prefix(subject));
        }
        return new Source.Principal(exact(issuer), exact(subject));
    }

    private static Text exact(String text) {
        return new Text.Exact(text, false);
    }

    private static Text prefix(String written) {
        return new Text.Prefix(written.substring(0, written.length() - 1), false);
    }

    private static Text suffix(String written) {
        return new Text.Suffix(written.substring(1), false);
    }
}
