package dev.binnacle.mesh.gatewayapi;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.HeaderChecks;
import dev.binnacle.mesh.schema.RegexCheck;
import dev.binnacle.mesh.schema.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What must hold within the conditions of a rule, as the API server has it. */
final class ConditionRules {
    static final String REGEX = "RegularExpression";

    private static final Pattern PATH = Pattern.compile("(?:[-A-Za-z0-9/._~!$&'()*+,;=:@]|[%][0-9a-fA-F]{2})+");

    private ConditionRules() {}

    static void checkPath(Section path, Problems problems) {
        var value = path.placed("value");
        if (isRegex(path)) {
            value.ifPresent(regex -> RegexCheck.check(regex.text(), regex.place(), problems));
            return;
        }
        value.flatMap(written -> problem(written.text()).map(why -> "\"" + written.text() + "\" " + why))
                .ifPresent(message -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        path.placeOf("value"),
                        message,
                        "Write a path as Envoy sees it: /a/b, other characters as %20"));
    }

    private static Optional<String> problem(String path) {
        if (!path.startsWith("/")) {
            return Optional.of("does not begin with a slash");
        }
        return Stream.of("//", "/./", "/../", "%2f", "%2F", "#")
                .filter(path::contains)
                .map(part -> "has " + part + " in it")
                .findFirst()
                .or(() -> Stream.of("/..", "/.")
                        .filter(path::endsWith)
                        .map(end -> "ends in " + end)
                        .findFirst())
                .or(() -> PATH.matches(path) ? Optional.empty() : Optional.of("has a character that paths have not"));
    }

    static void checkText(Section condition, Problems problems) {
        condition
                .placed("name")
                .filter(name -> !HeaderChecks.isName(name.text()))
                .ifPresent(name -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        name.place(),
                        "\"" + name.text() + "\" is not a name for a header or parameter",
                        "Use letters, digits and dashes"));
        if (isRegex(condition)) {
            condition.placed("value").ifPresent(regex -> RegexCheck.check(regex.text(), regex.place(), problems));
        }
    }

    /** Two conditions on one thing are none that both could hold. */
    static void checkDistinct(Section match, Problems problems) {
        for (String field : List.of("headers", "queryParams")) {
            var names = new HashSet<String>();
            match.sections(field).stream()
                    .filter(condition -> !names.add(condition.text("name").orElse("")))
                    .forEach(condition -> problems.add(
                            DiagnosticCode.BAD_VALUE,
                            condition.place(),
                            "there is a condition on " + condition.text("name").orElse("") + " already",
                            "Keep one of them"));
        }
    }

    private static boolean isRegex(Section condition) {
        return condition.text("type").orElse("").equals(REGEX);
    }
}
