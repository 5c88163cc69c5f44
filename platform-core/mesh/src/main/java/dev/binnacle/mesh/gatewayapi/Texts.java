package dev.binnacle.mesh.gatewayapi;

import com.google.re2j.Pattern;

/** Texts within regular expressions. */
public final class Texts {
    private static final Pattern SPECIAL = Pattern.compile("[\\\\.+*?()|\\[\\]{}^$]");

    private Texts() {}

    /** Returns the expression for {@code text} itself, as Go writes it. */
    public static String quoted(String text) {
        return SPECIAL.matcher(text).replaceAll("\\\\$0");
    }
}
