package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.ir.HeaderChanges.Operations;
import dev.binnacle.mesh.istio.Treatment.Headers;
import dev.binnacle.mesh.schema.Section;
import java.util.List;
import java.util.Optional;

/** Reads header changes, and refuses those that Envoy would refuse. */
final class HeaderChangesReader {
    private final HeaderChecks checks;

    HeaderChangesReader(Problems problems) {
        this.checks = new HeaderChecks(problems);
    }

    /** Returns the changes of the field {@code headers}; empty when there is no such field. */
    Optional<Headers> read(Section section) {
        return section.section("headers")
                .map(h -> new HeaderChanges(operations(h, "request"), operations(h, "response")))
                .map(Headers::of);
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
        operations.texts("remove").forEach(name -> checks.name(name.text(), name.place(), false));
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
            checks.name(name, place, hostMayBeSet);
            checks.value(value, place);
        });
    }
}
