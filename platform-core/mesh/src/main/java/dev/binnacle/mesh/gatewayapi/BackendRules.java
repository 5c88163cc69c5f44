package dev.binnacle.mesh.gatewayapi;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Section;
import java.util.List;

/** What must hold within backends and timeouts, as the API server has it. */
final class BackendRules {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,5}(h|m|s|ms)){1,4}");

    private BackendRules() {}

    static void check(Section backend, Problems problems) {
        boolean service = backend.text("group").orElse("").isEmpty()
                && backend.text("kind").orElse("Service").equals("Service");
        if (service && !backend.has("port")) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    backend.place(),
                    "a Service as backend needs the field port",
                    "Add port");
        }
    }

    static void checkTimeouts(Section timeouts, Problems problems) {
        for (String field : List.of("request", "backendRequest")) {
            timeouts.placed(field)
                    .filter(time -> !DURATION.matches(time.text()))
                    .ifPresent(time -> problems.add(
                            DiagnosticCode.BAD_VALUE,
                            time.place(),
                            "\"" + time.text() + "\" is not a duration of Gateway API",
                            "Write whole numbers with units: 1s500ms, 1h30m"));
        }
        var whole = timeouts.duration("request").filter(time -> !time.isZero());
        var one = timeouts.duration("backendRequest");
        if (whole.isPresent()
                && one.filter(time -> time.compareTo(whole.get()) > 0).isPresent()) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    timeouts.placeOf("backendRequest"),
                    "one request to a backend may take longer than the request as a whole",
                    "Lower backendRequest, or raise request");
        }
    }
}
