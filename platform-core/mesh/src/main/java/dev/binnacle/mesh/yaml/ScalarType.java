package dev.binnacle.mesh.yaml;

import com.google.re2j.Pattern;
import java.util.Set;

/** The type YAML 1.1 gives an unquoted scalar, as the parser that Kubernetes uses resolves it. */
public enum ScalarType {
    STRING,
    BOOLEAN,
    INTEGER,
    DECIMAL,
    NULL;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> BOOLEANS = Set.of(
            "y", "Y", "yes", "Yes", "YES", "on", "On", "ON", "n", "N", "no", "No", "NO", "off", "Off", "OFF", "true",
            "True", "TRUE", "false", "False", "FALSE");
    private static final Pattern INTEGERS =
            Pattern.compile("[-+]?(0b[01_]+|0o?[0-7_]+|0x[0-9a-fA-F_]+|0|[1-9][0-9_]*)");
    private static final Pattern DECIMALS = Pattern.compile(
            "[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");

    /** Returns the type of {@code text} written without quotes or tag. Dates and times stay text, as in Kubernetes. */
    static ScalarType ofPlain(String text) {
        if (NULLS.contains(text)) {
            return NULL;
        }
        if (BOOLEANS.contains(text)) {
            return BOOLEAN;
        }
        if (text.length() > 64) {
            return STRING;
        }
        if (INTEGERS.matches(text)) {
            return INTEGER;
        }
        return DECIMALS.matches(text) ? DECIMAL : STRING;
    }
}
