package dev.binnacle.mesh.istio;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.Treatment.Headers;
import java.nio.charset.StandardCharsets;

/** Refuses header changes that Envoy would refuse. */
public final class HeaderChecks {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final int LONGEST_VALUE = 16_384;

    private final Problems problems;

    public HeaderChecks(Problems problems) {
        this.problems = problems;
    }

    /** Tells whether {@code name} may be the name of a header or pseudo header in a condition. */
    public static boolean isHeader(String name) {
        return isName(name.startsWith(":") ? name.substring(1) : name);
    }

    /** Tells whether {@code name} may be the name of a header. */
    public static boolean isName(String name) {
        return NAME.matches(name);
    }

    /**
     * Reports a name that no header can have, or that Envoy does not let be changed.
     *
     * @param hostMayBeSet whether the host is an exception
     */
    public void name(String name, Place place, boolean hostMayBeSet) {
        if (Headers.isHost(name) && hostMayBeSet) {
            return;
        }
        if (Headers.isHost(name) || name.startsWith(":")) {
            bad(place, "Envoy does not let " + name + " be changed this way", "Use rewrite.authority for the host");
        } else if (!isName(name)) {
            bad(place, "\"" + name + "\" is not the name of a header", "Use letters, digits and dashes");
        }
    }

    /** Reports a value that Envoy would refuse. */
    public void value(String value, Place place) {
        if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
            bad(place, "the value has more than " + LONGEST_VALUE + " bytes", "Write a shorter one");
        }
        HeaderFormat.problem(value).ifPresent(problem -> bad(place, problem, "For a percent sign write %%"));
    }

    private void bad(Place place, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, place, message, fix);
    }
}
