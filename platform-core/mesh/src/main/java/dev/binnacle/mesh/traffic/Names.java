package dev.binnacle.mesh.traffic;

import com.google.re2j.Pattern;

/** What names may be. */
final class Names {
    private static final Pattern HEADER = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]{1,200}");
    private static final Pattern SUBSET = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    private Names() {}

    static boolean isHeader(String name) {
        return HEADER.matches(name);
    }

    static boolean isSubset(String name) {
        return SUBSET.matches(name);
    }
}
