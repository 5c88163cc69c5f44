package dev.binnacle.mesh.istio.security;

import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Mtls;
import dev.binnacle.mesh.istio.PolicyTargetReader;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads PeerAuthentications. */
final class PeerAuthenticationReader {
    private static final Shape MTLS =
            Shape.named("MutualTLS").with("mode", choice("UNSET", "DISABLE", "PERMISSIVE", "STRICT"));
    private static final Shape SPEC = Shape.named("PeerAuthenticationSpec")
            .with("selector", section(PolicyTargetReader.SELECTOR))
            .with("mtls", section(MTLS))
            .with("portLevelMtls", new FieldType.MapOf(section(MTLS)), "by container port");

    static final ResourceKind KIND = new ResourceKind(
            "PeerAuthentication",
            SecurityKinds.VERSIONS,
            Shape.named("PeerAuthentication").with("spec", section(SPEC)),
            (header, document, problems) -> read(header, document, problems));

    private PeerAuthenticationReader() {}

    private static Optional<PeerAuthentication> read(Header header, Section document, Problems problems) {
        var spec = document.section("spec");
        if (spec.isEmpty()) {
            return Optional.of(new PeerAuthentication(
                    header.ref(),
                    header.origin(),
                    Map.of(),
                    header.place(),
                    Optional.empty(),
                    Map.of(),
                    header.place()));
        }
        return Optional.of(read(header, spec.get(), ports(spec.get(), problems), problems));
    }

    private static PeerAuthentication read(
            Header header, Section spec, Map<Integer, Optional<Mtls>> ports, Problems problems) {
        if (spec.section("portLevelMtls")
                .filter(p -> p.node().entries().isEmpty())
                .isPresent()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    spec.placeOf("portLevelMtls"),
                    "portLevelMtls names no port",
                    "Name a container port, or remove it");
        }
        Map<String, String> selector =
                spec.section("selector").map(s -> s.map("matchLabels")).orElse(Map.of());
        if (selector.isEmpty() && !ports.isEmpty()) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    spec.placeOf("portLevelMtls"),
                    "portLevelMtls needs a selector: ports are those of certain pods",
                    "Add selector.matchLabels, or use mtls.mode");
        }
        return new PeerAuthentication(
                header.ref(),
                header.origin(),
                selector,
                spec.placeOf("selector"),
                spec.section("mtls").flatMap(PeerAuthenticationReader::mode),
                ports,
                spec.placeOf("portLevelMtls"));
    }

    private static Map<Integer, Optional<Mtls>> ports(Section spec, Problems problems) {
        var result = new TreeMap<Integer, Optional<Mtls>>();
        for (var port : spec.named("portLevelMtls")) {
            try {
                int number = Integer.parseInt(port.name());
                if (number < 1 || number > 65535) {
                    throw new NumberFormatException(port.name());
                }
                result.put(number, mode(port.section()));
            } catch (NumberFormatException e) {
                problems.add(
                        DiagnosticCode.BAD_VALUE,
                        port.section().place(),
                        "\"" + port.name() + "\" is not a port number",
                        "Use the container port's number");
            }
        }
        return Map.copyOf(result);
    }

    private static Optional<Mtls> mode(Section mtls) {
        return mtls.text("mode").filter(m -> !m.equals("UNSET")).map(Mtls::valueOf);
    }
}
