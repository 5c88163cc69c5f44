package dev.binnacle.mesh.schema;

import com.google.re2j.Pattern;
import java.util.List;

/** Kubernetes' rules for names and labels. */
public final class LabelSyntax {
    private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?");
    private static final Pattern SUBDOMAIN =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");
    private static final Pattern HOST_LABEL = Pattern.compile("[a-zA-Z0-9]([-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?");
    private static final Pattern FIRST_LABEL = Pattern.compile("\\*|(\\*-?)?[a-zA-Z0-9]([-a-zA-Z0-9]*[a-zA-Z0-9])?");
    private static final Pattern DIGITS = Pattern.compile("[0-9]+");

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

    /**
     * Tells whether {@code host} is a host, perhaps with a wildcard in its first label or a dot at its end. As to Istio an
     * address is none: the last of several labels is not all digits.
     */
    public static boolean isHost(String host) {
        var labels = List.of(host.split("\\.", -1));
        String first = labels.getFirst();
        var rest = labels.subList(1, labels.size());
        return host.length() <= 255
                && first.length() <= 63
                && FIRST_LABEL.matches(first)
                && (rest.isEmpty() || isEnd(rest));
    }

    /** Tells whether {@code text} is a host without wildcards, and not a number. */
    public static boolean isFullName(String text) {
        return isHost(text) && !text.contains("*") && !DIGITS.matches(text);
    }

    /** Tells whether {@code text} may be one label of a host, in upper or lower case. */
    public static boolean isHostLabel(String text) {
        return HOST_LABEL.matches(text);
    }

    private static boolean isEnd(List<String> labels) {
        String last = labels.getLast();
        return (last.isEmpty() || HOST_LABEL.matches(last) && !DIGITS.matches(last))
                && labels.subList(0, labels.size() - 1).stream().allMatch(HOST_LABEL::matches);
    }

    /** Tells whether {@code name} is a name that Kubernetes accepts for a resource. */
    public static boolean isName(String name) {
        return name.length() <= 253 && SUBDOMAIN.matches(name);
    }
}
