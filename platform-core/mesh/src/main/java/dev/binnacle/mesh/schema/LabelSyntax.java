package dev.binnacle.mesh.schema;

import com.google.re2j.Pattern;

/** Kubernetes' rules for names and labels. */
public final class LabelSyntax {
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern HOST = Pattern.compile(
            "\\*|(\\*[.-]?)?[a-zA-Z0-9_]([-a-zA-Z0-9_]*[a-zA-Z0-9])?(\\.[a-zA-Z0-9_]([-a-zA-Z0-9_]*[a-zA-Z0-9])?)*");

    private LabelSyntax() {}

    /** Tells whether {@code text} may be the name of a label: a name, perhaps with a domain and a slash before it. */
    static boolean isKey(String text) {
        int slash = text.indexOf('/');
        return isValue(text.substring(slash + 1)) && (slash < 0 || isName(text.substring(0, slash)));
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
