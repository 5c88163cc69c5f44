package dev.binnacle.mesh.compile.security;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.ir.access.Text;

/** Texts with a star at one end, as Istio reads them. */
final class Texts {
    static final Text SOMETHING = new Text.Regex(".+");

    private Texts() {}

    /** Returns the condition that {@code written} means. */
    static Text of(String written) {
        return written.equals("*") ? SOMETHING : withoutStar(written, false);
    }

    /** Returns the condition that {@code written} means for a header, where a star alone means that it is there. */
    static Text ofHeader(String written, boolean ignoresCase) {
        return written.equals("*") ? new Text.Present() : withoutStar(written, ignoresCase);
    }

    private static Text withoutStar(String written, boolean ignoresCase) {
        if (written.startsWith("*")) {
            return new Text.Suffix(written.substring(1), ignoresCase);
        }
        return written.endsWith("*")
                ? new Text.Prefix(written.substring(0, written.length() - 1), ignoresCase)
                : new Text.Exact(written, ignoresCase);
    }

    /** Returns the condition on a SPIFFE identity that a principal without its scheme means. */
    static Text ofPrincipal(String written) {
        String scheme = "spiffe://";
        if (written.equals("*")) {
            return SOMETHING;
        }
        if (written.startsWith("*")) {
            return new Text.Regex(scheme + ".*" + Pattern.quote(written.substring(1)));
        }
        return written.endsWith("*")
                ? new Text.Prefix(scheme + written.substring(0, written.length() - 1), false)
                : new Text.Exact(scheme + written, false);
    }
}
