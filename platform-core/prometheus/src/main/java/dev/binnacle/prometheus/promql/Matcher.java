package dev.binnacle.prometheus.promql;

import com.google.re2j.Pattern;
import java.util.function.Predicate;

/**
 * One condition on a label. Immutable.
 *
 * @param label its name
 * @param value as it is, or a regular expression (RE2) that the whole label must fit
 */
public record Matcher(String label, Operator operator, String value) {
    /** How a label is compared. */
    public enum Operator {
        IS("="),
        IS_NOT("!="),
        FITS("=~"),
        FITS_NOT("!~");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }
    }

    /** Returns what decides this of a label's value; a label that is missing is the empty text, as Prometheus has it. */
    public Predicate<String> condition() {
        return switch (operator) {
            case IS -> value::equals;
            case IS_NOT -> Predicate.not(value::equals);
            case FITS -> fits();
            case FITS_NOT -> Predicate.not(fits());
        };
    }

    private Predicate<String> fits() {
        var pattern = Pattern.compile(value, Pattern.DOTALL);
        return text -> pattern.matcher(text).matches();
    }

    /** Returns PromQL; the value is escaped, so that it is a value whatever it holds. */
    @Override
    public String toString() {
        return label + operator.sign + Selector.quoted(value);
    }
}
