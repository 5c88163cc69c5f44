package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.HOST;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.istio.ServiceEntry.Port;
import dev.binnacle.mesh.istio.ServiceEntry.Resolution;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads ServiceEntries. What they may not say together is {@link ServiceEntryRules}' matter. */
final class ServiceEntryReader {
    private static final Set<String> BYTES = Set.of("TCP", "MONGO", "REDIS", "MYSQL");

    private static final Shape PORT_SHAPE = Shape.named("ServicePort")
            .require("number", PORT)
            .require("name", LINE)
            .with(
                    "protocol",
                    LINE,
                    "`HTTP`, `HTTP2`, `GRPC`, `GRPC-WEB`, `HTTPS`, `TLS`, `TCP`, `MONGO`, `REDIS`, `MYSQL`")
            .with("targetPort", PORT)
            .rule(ServiceEntryReader::checkProtocol);
    private static final Shape SELECTOR = Shape.named("WorkloadSelector").with("labels", FieldType.SELECTOR);
    private static final Shape SPEC = Shape.named("ServiceEntrySpec")
            .require("hosts", listOf(HOST))
            .with(
                    "addresses",
                    listOf(LINE),
                    "clients call hosts by name; at the addresses themselves nobody listens here")
            .with("ports", listOf(PORT_SHAPE))
            .with("location", choice("MESH_EXTERNAL", "MESH_INTERNAL"))
            .with(
                    "resolution",
                    choice("NONE", "STATIC", "DNS", "DNS_ROUND_ROBIN"),
                    "`DYNAMIC_DNS` is refused; external hosts are what the settings say stands in for them")
            .with("endpoints", listOf(MemberReader.SHAPE))
            .with("workloadSelector", section(SELECTOR))
            .with("exportTo", listOf(LINE))
            .with("subjectAltNames", listOf(LINE));

    static final ResourceKind KIND = new ResourceKind(
            "ServiceEntry",
            IstioKinds.NETWORKING,
            Shape.named("ServiceEntry").require("spec", section(SPEC)),
            (header, document, problems) ->
                    document.section("spec").map(spec -> new ServiceEntryReader(problems).read(header, spec)));

    private final Problems problems;

    private ServiceEntryReader(Problems problems) {
        this.problems = problems;
    }

    private ServiceEntry read(Header header, Section spec) {
        var selector = spec.section("workloadSelector");
        var entry = new ServiceEntry(
                header.ref(),
                header.origin(),
                spec.texts("hosts"),
                spec.sections("ports").stream().map(this::port).toList(),
                spec.text("location").filter("MESH_INTERNAL"::equals).isEmpty(),
                spec.text("resolution").map(Resolution::valueOf).orElse(Resolution.NONE),
                spec.texts("addresses").stream().map(Placed::text).toList(),
                endpoints(header, spec),
                selector.map(s -> s.map("labels")),
                spec.texts("subjectAltNames").stream().map(Placed::text).toList(),
                ExportsReader.read(header, spec, true, problems));
        new ServiceEntryRules(problems).check(entry, spec);
        return entry;
    }

    private List<Member> endpoints(Header header, Section spec) {
        var result = new ArrayList<Member>();
        var reader = new MemberReader(problems);
        for (var endpoint : spec.sections("endpoints")) {
            result.add(reader.read(header.ref().name() + "-" + result.size(), endpoint, Map.of()));
        }
        return result;
    }

    private Port port(Section port) {
        int number = port.number("number").orElseThrow();
        var written = port.placed("protocol").filter(p -> !p.text().isEmpty());
        return new Port(
                port.text("name").orElseThrow(),
                number,
                port.number("targetPort").orElse(number),
                written.map(this::protocol).orElse(Protocol.TCP),
                port.place());
    }

    private static void checkProtocol(Section port, Problems problems) {
        if (port.text("protocol").filter(word -> !word.isEmpty()).isEmpty()) {
            problems.add(
                    DiagnosticCode.UNTOLD_PROTOCOL,
                    port.place(),
                    "port " + port.text("number").orElse("")
                            + " has no protocol; it is carried as TCP, where Istio would look at the bytes",
                    "Add protocol: HTTP, HTTP2, GRPC, HTTPS, TLS or TCP");
        }
    }

    private Protocol protocol(Placed written) {
        String word = written.text().toUpperCase(Locale.ROOT);
        return known(word).orElseGet(() -> {
            bad(
                    written.place(),
                    "\"" + written.text() + "\" is no protocol",
                    "Write HTTP, HTTP2, GRPC, HTTPS, TLS or TCP");
            return Protocol.TCP;
        });
    }

    private static Optional<Protocol> known(String word) {
        if (BYTES.contains(word)) {
            return Optional.of(Protocol.TCP);
        }
        return switch (word) {
            case "HTTPS", "TLS" -> Optional.of(Protocol.TLS);
            case "HTTP" -> Optional.of(Protocol.HTTP);
            case "HTTP2" -> Optional.of(Protocol.HTTP2);
            case "GRPC", "GRPC-WEB" -> Optional.of(Protocol.GRPC);
            default -> Optional.empty();
        };
    }

    private void bad(Place at, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, at, message, fix);
    }
}
