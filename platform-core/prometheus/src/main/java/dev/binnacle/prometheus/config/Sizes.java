package dev.binnacle.prometheus.config;

import java.util.regex.Pattern;

/** Sizes as Prometheus writes them. */
final class Sizes {
    private static final Pattern SIZE = Pattern.compile("(\\d+(?:\\.\\d+)?)([KMGTPE]?)i?B");
    private static final String SCALES = "KMGTPE";
    private static final int SCALE = 1024;

    private Sizes() {}

    /** Returns bytes; {@code KB} is 1024 of them, as {@code KiB}. */
    static long parse(String text) {
        if (text.equals("0")) {
            return 0;
        }
        var match = SIZE.matcher(text);
        if (!match.matches()) {
            throw new IllegalArgumentException("is a size such as 512KB or 100MB");
        }
        int scale = match.group(2).isEmpty() ? 0 : SCALES.indexOf(match.group(2)) + 1;
        return (long) (Double.parseDouble(match.group(1)) * Math.pow(SCALE, scale));
    }
}
