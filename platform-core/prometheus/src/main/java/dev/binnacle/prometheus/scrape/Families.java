package dev.binnacle.prometheus.scrape;

import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.MetricType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What pages have said about families: as many as fit, the first ones leave. */
final class Families {
    private static final int LIMIT = 1 << 14;
    private static final int LONGEST_HELP = 1 << 10;
    private static final List<String> HISTOGRAM = List.of("_bucket", "_sum", "_count");
    private static final List<String> SUMMARY = List.of("_sum", "_count");
    private static final List<String> OTHERS = List.of("_total", "_info", "_created", "_bucket", "_gsum", "_gcount");

    private record Description(DeclaredType type, String unit, String help) {
        private static final Description NONE = new Description(DeclaredType.UNKNOWN, "", "");

        /** Tells whether this says something else than {@code old}, and not only more. */
        boolean contradicts(Description old) {
            return old.type != DeclaredType.UNKNOWN && old.type != type
                    || !old.unit.isEmpty() && !old.unit.equals(unit)
                    || !old.help.isEmpty() && !old.help.equals(help);
        }
    }

    /** A series' family, and what its name has after the family's. */
    record Place(MetricFamily family, String suffix) {}

    private final Map<String, Description> descriptions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Description> eldest) {
            return size() > LIMIT;
        }
    };

    private int changes;

    /** Returns how often what was said of a family has been replaced by something else. */
    int changes() {
        return changes;
    }

    void type(String family, DeclaredType type) {
        var old = of(family);
        put(family, new Description(type, old.unit, old.help));
    }

    void unit(String family, String unit) {
        var old = of(family);
        put(family, new Description(old.type, unit, old.help));
    }

    void help(String family, String help) {
        var old = of(family);
        put(family, new Description(old.type, old.unit, help.substring(0, Math.min(help.length(), LONGEST_HELP))));
    }

    /** Returns where a series of this name belongs; a family of its own when no other is known. */
    Place place(String name) {
        var part = part(name, HISTOGRAM, DeclaredType.HISTOGRAM);
        if (part == null) {
            part = part(name, SUMMARY, DeclaredType.SUMMARY);
        }
        return part != null ? part : new Place(alone(name), "");
    }

    private @Nullable Place part(String name, List<String> suffixes, DeclaredType type) {
        for (String suffix : suffixes) {
            String base = without(suffix, name);
            var description = descriptions.get(base);
            if (description != null && description.type == type && !descriptions.containsKey(name)) {
                return new Place(new MetricFamily(base, type.type(), description.unit, description.help), suffix);
            }
        }
        return null;
    }

    /** Returns the family of a series whose family has the series' name in the model, whatever the page calls it. */
    private MetricFamily alone(String name) {
        var own = descriptions.get(name);
        if (own != null) {
            var type = own.type == DeclaredType.HISTOGRAM ? MetricType.UNKNOWN : own.type.type();
            return new MetricFamily(name, type, own.unit, own.help);
        }
        for (String suffix : OTHERS) {
            var base = descriptions.get(without(suffix, name));
            if (base != null) {
                return new MetricFamily(name, typeOf(base.type, suffix), base.unit, base.help);
            }
        }
        return new MetricFamily(name, MetricType.UNKNOWN, "", "");
    }

    private static MetricType typeOf(DeclaredType type, String suffix) {
        if (suffix.equals("_created")) {
            return MetricType.GAUGE;
        }
        boolean whole = type == DeclaredType.COUNTER || type.type() == MetricType.GAUGE;
        return whole ? type.type() : MetricType.UNKNOWN;
    }

    private Description of(String family) {
        return descriptions.getOrDefault(family, Description.NONE);
    }

    private void put(String family, Description description) {
        var old = descriptions.put(family, description);
        changes += old != null && description.contradicts(old) ? 1 : 0;
    }

    private static String without(String suffix, String name) {
        return name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : "";
    }
}
