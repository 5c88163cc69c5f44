package dev.binnacle.plugin.exporter.otlp;

import java.util.Map;

/** Units as OTLP writes them, for those that Prometheus writes as words. */
final class Units {
    private static final String PER = "_per_";
    private static final Map<String, String> SHORT = Map.ofEntries(
            Map.entry("days", "d"),
            Map.entry("hours", "h"),
            Map.entry("minutes", "min"),
            Map.entry("seconds", "s"),
            Map.entry("milliseconds", "ms"),
            Map.entry("microseconds", "us"),
            Map.entry("nanoseconds", "ns"),
            Map.entry("bytes", "By"),
            Map.entry("kibibytes", "KiBy"),
            Map.entry("mebibytes", "MiBy"),
            Map.entry("gibibytes", "GiBy"),
            Map.entry("meters", "m"),
            Map.entry("volts", "V"),
            Map.entry("amperes", "A"),
            Map.entry("joules", "J"),
            Map.entry("watts", "W"),
            Map.entry("grams", "g"),
            Map.entry("celsius", "Cel"),
            Map.entry("hertz", "Hz"),
            Map.entry("percent", "%"),
            Map.entry("ratio", "1"));
    private static final Map<String, String> EACH = Map.of("second", "s", "minute", "min", "hour", "h", "day", "d");

    private Units() {}

    /** Returns the unit; things that are counted are in braces, where nobody takes them for one. */
    static String of(String word) {
        if (word.isEmpty()) {
            return "";
        }
        int per = word.indexOf(PER);
        if (per > 0) {
            String below = word.substring(per + PER.length());
            return one(word.substring(0, per)) + "/" + EACH.getOrDefault(below, one(below));
        }
        return one(word);
    }

    private static String one(String word) {
        return SHORT.getOrDefault(word, "{" + word + "}");
    }
}
