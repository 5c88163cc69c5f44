package dev.binnacle.plugin.generator.grafana.model;

import com.google.re2j.Pattern;
import java.util.List;

/** Something that a dashboard's reader chooses. */
public sealed interface Variable {
    /** A string of PromQL in double quotes with a variable in it, and nothing that is escaped. */
    Pattern QUOTED = Pattern.compile("\"([^\"\\\\`]*\\$\\{\\w+:regex\\}[^\"\\\\`]*)\"");

    /** Returns PromQL whose strings with a chosen value stand between back quotes, see {@link Matching#in}. */
    static String betweenBackQuotes(String promql) {
        return QUOTED.matcher(promql).replaceAll("`$1`");
    }

    /** Returns what queries call it. */
    String name();

    /** Returns what its reader sees. */
    String label();

    /** Which Prometheus is asked. */
    record Source(String name, String label) implements Variable {}

    /**
     * One value of a label.
     *
     * @param series the series whose label is meant, in PromQL; may name variables before this one
     * @param source the label
     * @param choice whether all of them may be chosen at once
     */
    record LabelValues(String name, String label, String series, String source, Choice choice)
            implements Variable, Matching {
        public LabelValues {
            series = betweenBackQuotes(series);
        }

        /** Returns Grafana's query. */
        public String query() {
            return "label_values(" + series + ", " + source + ")";
        }
    }

    /** One of a few values that are known before; the first is chosen until somebody chooses another. */
    record Fixed(String name, String label, List<Option> options) implements Variable, Matching {
        public Fixed {
            options = List.copyOf(options);
        }
    }

    /**
     * A value that is known before.
     *
     * @param text what its reader sees
     */
    record Option(String text, String value) {}

    /** How many values may be chosen, and which is chosen first. */
    enum Choice {
        /** One; the first by the alphabet until somebody chooses. */
        FIRST,
        /** One; the last by the alphabet until somebody chooses. */
        LAST,
        /** One, or all of them, which is so until somebody chooses. */
        ALL
    }

    /** A variable whose value is looked for in a label. */
    interface Matching {
        /** Returns what queries call it. */
        String name();

        /**
         * Returns a matcher of PromQL for a label with the chosen value.
         *
         * <p>Grafana writes the value as a regular expression that matches it alone, between back quotes, where PromQL takes
         * everything as it is: quotes, backslashes, braces, dollars and line breaks in a name stay what they are. Other formats
         * of Grafana do not escape the quote that would end the string. Only a back quote could; such names are not offered.
         */
        default String in(String label) {
            return label + "=~`" + value() + "`";
        }

        /** Returns the chosen value as a regular expression (RE2), in Grafana's notation. */
        default String value() {
            return "${" + name() + ":regex}";
        }
    }
}
