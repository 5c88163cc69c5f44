package dev.binnacle.plugin.generator.grafana.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A way from a value to the dashboard that says more about it, with the time span that is looked at.
 *
 * <p>Values go into the address percent-encoded, so that a name is one name whatever it holds.
 *
 * @param title what it says
 * @param board the other dashboard's {@link Dashboard#uid}
 * @param values what its variables get, in Grafana's notation, by their names
 */
public record Link(String title, String board, Map<String, String> values) {
    /** The value of the cell that the link is in. */
    public static final String THIS_VALUE = "${__value.raw:percentencode}";

    public Link {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** Returns a link whose variable gets the value of the cell that it is in. */
    public static Link to(String board, String title, String variable) {
        return new Link(title, board, Map.of(variable, THIS_VALUE));
    }

    /** Returns the same link with one more variable's value: that of another column of the same row. */
    public Link with(String variable, String column) {
        return and(variable, "${__data.fields[\"" + column + "\"]:percentencode}");
    }

    /** Returns the same link that keeps the value of a variable which both dashboards have. */
    public Link keeping(String variable) {
        return and(variable, "${" + variable + ":percentencode}");
    }

    /** Returns the address below the server's. */
    public String url() {
        var query = new ArrayList<>(List.of("${datasource:queryparam}", "${__url_time_range}"));
        values.forEach((variable, value) -> query.add("var-" + variable + "=" + value));
        return "/d/" + board + "?" + String.join("&", query);
    }

    private Link and(String variable, String value) {
        var more = new LinkedHashMap<>(values);
        more.put(variable, value);
        return new Link(title, board, more);
    }
}
