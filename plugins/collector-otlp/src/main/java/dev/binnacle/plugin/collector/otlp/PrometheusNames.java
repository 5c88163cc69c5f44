package dev.binnacle.plugin.collector.otlp;

import dev.binnacle.spi.model.Labels;
import io.opentelemetry.proto.common.v1.KeyValue;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Names as Prometheus writes them, by the rules that OpenTelemetry's specification has for it. */
final class PrometheusNames {
    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("Hz", "hertz"),
            Map.entry("%", "percent"));

    private PrometheusNames() {}

    /** Returns the word for a unit; empty for a plain number, a count of things, and what has no word. */
    static String unit(String written) {
        return UNITS.getOrDefault(written, "");
    }

    /** Returns a metric's name with its unit at its end. */
    static String metric(String written, String unit) {
        String name = legal(written, true);
        return unit.isEmpty() || name.endsWith("_" + unit) ? name : name + "_" + unit;
    }

    /** Returns a counter's name. */
    static String counter(String written, String unit) {
        String bare = written.endsWith("_total") ? written.substring(0, written.length() - "_total".length()) : written;
        return metric(bare, unit) + "_total";
    }

    /** Returns labels for attributes; values whose names become the same are joined by a semicolon. */
    static Labels labels(List<KeyValue> attributes, Map<String, String> target) {
        var labels = new TreeMap<String, String>();
        Attributes.of(attributes).forEach((name, value) -> labels.merge(label(name), value, (a, b) -> a + ";" + b));
        labels.putAll(target);
        return Labels.of(labels);
    }

    /** Two underscores begin the names that Prometheus keeps for itself. */
    private static String label(String written) {
        String name = legal(written, false);
        return name.startsWith("__") ? "key" + name : name;
    }

    private static String legal(String written, boolean colons) {
        var name = new StringBuilder(written.length());
        written.chars().forEach(c -> name.append(isLegal(c) || colons && c == ':' ? (char) c : '_'));
        boolean headless = name.isEmpty() || Character.isDigit(name.charAt(0));
        return headless ? "_" + name : name.toString();
    }

    private static boolean isLegal(int c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
