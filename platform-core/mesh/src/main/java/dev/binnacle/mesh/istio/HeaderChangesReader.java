package dev.binnacle.mesh.istio;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.ir.HeaderChanges.Operations;
import dev.binnacle.mesh.istio.Treatment.Headers;
import dev.binnacle.mesh.schema.Section;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Reads header changes, and refuses those that Envoy would refuse. */
public final class HeaderChangesReader {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final int LONGEST_VALUE = 16_384;

    private final Problems problems;

    HeaderChangesReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the changes of the field {@code headers}; empty when there is no such field. */
    Optional<Headers> read(Section section) {
        return section.section("headers")
                .map(h -> new HeaderChanges(operations(h, "request"), operations(h, "response")))
                .map(Headers::of);
    }

    /** Tells whether {@code name} may be the name of a header or pseudo header in a condition. */
    public static boolean isHeader(String name) {
        return NAME.matches(name.startsWith(":") ? name.substring(1) : name);
    }

    private Operations operations(Section headers, String direction) {
        var section = headers.section(direction);
        if (section.isEmpty()) {
            return Operations.NONE;
        }
        var operations = section.get();
        boolean hostMayBeSet = direction.equals("request");
        checkPairs(operations, "set", hostMayBeSet);
        checkPairs(operations, "add", hostMayBeSet);
        operations.texts("remove").forEach(name -> checkName(name.text(), name.place(), false));
        return new Operations(
                operations.map("set"),
                operations.map("add"),
                List.copyOf(operations.texts("remove").stream()
                        .map(Section.Placed::text)
                        .toList()));
    }

    private void checkPairs(Section operations, String field, boolean hostMayBeSet) {
        operations.map(field).forEach((name, value) -> {
            var place = operations.section(field).map(s -> s.placeOf(name)).orElse(operations.place());
            checkName(name, place, hostMayBeSet);
            checkValue(value, place);
        });
    }

    private void checkName(String name, Place place, boolean hostMayBeSet) {
        if (Headers.isHost(name) && hostMayBeSet) {
            return;
        }
        if (Headers.isHost(name) || name.startsWith(":")) {
            bad(place, "Envoy does not let " + name + " be changed this way", "Use rewrite.authority for the host");
        } else if (!NAME.matches(name)) {
            bad(place, "\"" + name + "\" is not the name of a header", "Use letters, digits and dashes");
        }
    }

    private void checkValue(String value, Place place) {
        if (value.getBytes(StandardCharsets.UTF_8).length > LONGEST_VALUE) {
            bad(place, "the value has more than " + LONGEST_VALUE + " bytes", "Write a shorter one");
        }
        HeaderFormat.problem(value).ifPresent(problem -> bad(place, problem, "For a percent sign write %%"));
    }

    private void bad(Place place, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, place, message, fix);
    }
}
