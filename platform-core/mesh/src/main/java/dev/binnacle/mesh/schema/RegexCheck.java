package dev.binnacle.mesh.schema;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;

/** Refuses what is no regular expression to Envoy. */
public final class RegexCheck {
    private static final int LONGEST = 1024;

    private RegexCheck() {}

    /** Reports what is wrong with {@code regex}. */
    public static void check(String regex, Place at, Problems problems) {
        try {
            if (regex.isEmpty()) {
                problems.add(DiagnosticCode.BAD_VALUE, at, "the expression is empty", "Write one, or remove the field");
                return;
            }
            if (regex.length() > LONGEST) {
                problems.add(
                        DiagnosticCode.BAD_REGEX, at, "longer than " + LONGEST + " characters", "Write a shorter one");
                return;
            }
            Pattern.compile(regex);
            RegexLimits.problem(regex)
                    .ifPresent(problem -> problems.add(
                            DiagnosticCode.BAD_REGEX,
                            at,
                            "\"" + regex + "\" is not accepted: " + problem,
                            "Write a smaller expression, with its characters as themselves"));
        } catch (PatternSyntaxException e) {
            problems.add(
                    DiagnosticCode.BAD_REGEX,
                    at,
                    "\"" + regex + "\" is not a regular expression of RE2: " + e.getDescription(),
                    "RE2 has no look-around and no back references; see its syntax page");
        }
    }
}
