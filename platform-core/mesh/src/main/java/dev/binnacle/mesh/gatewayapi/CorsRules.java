package dev.binnacle.mesh.gatewayapi;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.HeaderChecks;
import dev.binnacle.mesh.schema.Section;
import java.util.List;

/** What must hold within a filter for browsers, as the API server has it. */
final class CorsRules {
    private static final String ALL = "*";
    private static final Pattern ORIGIN =
            Pattern.compile("\\*|http(s)?://(((\\*\\.)?([a-zA-Z0-9\\-]+\\.)*[a-zA-Z0-9-]+|\\*)(:([0-9]{1,5}))?)");

    private CorsRules() {}

    static void check(Section cors, Problems problems) {
        for (String field : List.of("allowOrigins", "allowMethods", "allowHeaders")) {
            var all = cors.texts(field);
            if (all.size() > 1 && all.stream().anyMatch(one -> one.text().equals(ALL))) {
                problems.add(
                        DiagnosticCode.BAD_VALUE,
                        cors.placeOf(field),
                        "\"*\" stands for all, and there are others beside it",
                        "Keep \"*\" or the others");
            }
        }
        cors.texts("allowOrigins").stream()
                .filter(origin -> !ORIGIN.matches(origin.text()))
                .forEach(origin -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        origin.place(),
                        "\"" + origin.text() + "\" is not an origin",
                        "Write http:// or https:// and a host, of which the first label may be \"*\""));
        for (String field : List.of("allowHeaders", "exposeHeaders")) {
            cors.texts(field).stream()
                    .filter(name -> !HeaderChecks.isName(name.text()))
                    .forEach(name -> problems.add(
                            DiagnosticCode.BAD_VALUE,
                            name.place(),
                            "\"" + name.text() + "\" is not the name of a header",
                            "Use letters, digits and dashes, or \"*\""));
        }
    }
}
