package dev.binnacle.mesh.schema;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;

/** Kubernetes' rules for names and labels. */
public final class LabelSyntax {
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern HOST = Pattern.compile(
            "\\*|(\\*[.-]?)?[a-zA-Z0-9_]([-a-zA-Z0-9_]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9_]([-a-zA-Z0-9_]*[a-zA-Z0-9])?)*");

    private LabelSyntax() {}

    /** Reports each label of {@code field} whose value Kubernetes would refuse. */
    public static void check(Section section, String field, Problems problems) {
        section.map(field).forEach((name, value) -> {
            if (!value.isEmpty() && !isValue(value)) {
                problems.add(
                        DiagnosticCode.BAD_NAME,
                        section.placeOf(field),
                        "the label " + name + " has the value \"" + value + "\"",
                        "A label's value has at most 63 letters, digits, dots, dashes and underscores");
            }
        });
    }

    /** Tells whether {@code text} may be the value of a label. */
    static boolean isValue(String text) {
        return !text.isEmpty() && text.length() <= 63 && VALUE.matches(text);
    }

    /** Tells whether {@code name} is a single DNS label. */
    public static boolean isLabel(String name) {
        return name.length() <= 63 && LABEL.matches(name);
    }

    /** Tells whether {@code host} is a host, perhaps with a wildcard in the place of its first label. */
    public static boolean isHost(String host) {
        return host.length() <= 253 && HOST.matches(host);
    }

    /** Tells whether {@code name} is a name that Kubernetes accepts for a resource. */
    public static boolean isName(String name) {
        return name.length() <= 253 && SUBDOMAIN.matches(name);
    }
}
