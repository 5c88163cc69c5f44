package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.HeaderChecks;
import dev.binnacle.mesh.schema.Section;

/** What must hold for changes of headers: what Envoy would refuse is refused here. */
final class HeaderRules {
    private HeaderRules() {}

    static void check(Section header, Problems problems) {
        header.placed("name").ifPresent(name -> checkName(name.text(), name.place(), problems));
        header.placed("value").ifPresent(value -> new HeaderChecks(problems).value(value.text(), value.place()));
    }

    static void checkRemoved(Section headers, Problems problems) {
        headers.texts("remove").forEach(name -> {
            checkName(name.text(), name.place(), problems);
            if (name.text().equalsIgnoreCase("host")) {
                refuse(name.place(), "every request has a host", "Rewrite it by a filter URLRewrite", problems);
            }
        });
    }

    private static void checkName(String name, Place at, Problems problems) {
        if (!HeaderChecks.isName(name)) {
            refuse(at, "\"" + name + "\" is not the name of a header", "Use letters, digits and dashes", problems);
        }
    }

    private static void refuse(Place at, String message, String fix, Problems problems) {
        problems.add(DiagnosticCode.BAD_VALUE, at, message, fix);
    }
}
