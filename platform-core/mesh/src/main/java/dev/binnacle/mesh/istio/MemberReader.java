package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.NAME;
import static dev.binnacle.mesh.schema.FieldType.PORT;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.LabelSyntax;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.HashMap;
import java.util.Map;

/** Reads the endpoints of ServiceEntries, which look like the specs of WorkloadEntries. */
final class MemberReader {
    private static final String UNIX = "unix://";
    private static final String ADDRESS = "address";

    static final Shape SHAPE = Shape.named("WorkloadEntrySpec")
            .with(ADDRESS, LINE, "an IP address or, where the resolution is by DNS, a name; no Unix socket")
            .with("ports", new FieldType.MapOf(PORT))
            .with("labels", LABELS)
            .with("weight", new FieldType.Whole(0, 4_294_967_295L))
            .with("serviceAccount", NAME)
            .with("locality", LINE, "`region/zone/subzone`; goes before a label that says so")
            .ignore("network", "there is one network");

    private final Problems problems;

    MemberReader(Problems problems) {
        this.problems = problems;
    }

    /**
     * Reads one.
     *
     * @param labels those that its resource has besides
     */
    Member read(String name, Section member, Map<String, String> labels) {
        var all = new HashMap<>(member.map("labels"));
        all.putAll(labels);
        var result = new Member(
                name,
                member.text(ADDRESS).orElse(""),
                ports(member),
                Map.copyOf(all),
                member.text("locality").filter(locality -> !locality.isEmpty()),
                member.number("weight").filter(w -> w > 0).orElse(1),
                member.text("serviceAccount"),
                member.placeOf(ADDRESS));
        checkAddress(result);
        return result;
    }

    private static Map<String, Integer> ports(Section member) {
        var result = new HashMap<String, Integer>();
        member.section("ports")
                .ifPresent(ports -> ports.node()
                        .entries()
                        .forEach(entry -> ports.number(entry.key()).ifPresent(port -> result.put(entry.key(), port))));
        return Map.copyOf(result);
    }

    private void checkAddress(Member member) {
        String address = member.address();
        if (address.startsWith(UNIX)) {
            problems.add(
                    DiagnosticCode.FIELD_REJECTED,
                    member.place(),
                    "endpoints that are Unix sockets are not supported",
                    "Let it listen on a port");
        } else if (address.isEmpty()) {
            problems.add(DiagnosticCode.MISSING_FIELD, member.place(), "an endpoint without address", "Add address");
        } else if (!member.hasIpAddress() && !isName(address)) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    member.place(),
                    "\"" + address + "\" is neither an IP address nor a DNS name",
                    "Correct the address");
        }
    }

    private static boolean isName(String address) {
        return LabelSyntax.isFullName(address);
    }
}
