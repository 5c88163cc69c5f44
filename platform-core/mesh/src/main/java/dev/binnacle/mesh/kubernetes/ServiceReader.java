package dev.binnacle.mesh.kubernetes;

import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.PORT_OR_NAME;
import static dev.binnacle.mesh.schema.FieldType.TEXT;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Protocol;
import dev.binnacle.mesh.schema.Exports;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.LabelSyntax;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads Services. */
final class ServiceReader {
    private static final Shape PORT_SHAPE = Shape.named("ServicePort")
            .with("name", TEXT, "tells the protocol: `http`, `http2`, `grpc`, `tcp` …, alone or before a dash")
            .require("port", PORT)
            .with("targetPort", PORT_OR_NAME)
            .with("protocol", choice("TCP", "UDP", "SCTP"), "only TCP takes effect")
            .with("appProtocol", TEXT)
            .clusterOnly("nodePort");
    private static final Shape SPEC = Shape.named("ServiceSpec")
            .with("ports", listOf(PORT_SHAPE))
            .with("selector", LABELS)
            .with(
                    "type",
                    choice("ClusterIP", "NodePort", "LoadBalancer", "ExternalName"),
                    "`ExternalName` takes no effect")
            .with(
                    "clusterIP",
                    TEXT,
                    "`None` leaves the choice of a pod to the sidecar, as the host has one address here")
            .clusterOnly(
                    "clusterIPs",
                    "ipFamilies",
                    "ipFamilyPolicy",
                    "externalTrafficPolicy",
                    "internalTrafficPolicy",
                    "allocateLoadBalancerNodePorts",
                    "healthCheckNodePort",
                    "loadBalancerIP",
                    "loadBalancerClass",
                    "loadBalancerSourceRanges",
                    "trafficDistribution",
                    "sessionAffinityConfig",
                    "externalName")
            .ignore("externalIPs", "there is no such address on this machine")
            .ignore("sessionAffinity", "Istio's load balancing takes its place")
            .ignore("publishNotReadyAddresses", "only ready pods are endpoints");

    static final ResourceKind KIND = new ResourceKind(
            "Service",
            List.of("v1"),
            Shape.named("Service").require("spec", section(SPEC)),
            (header, document, problems) ->
                    document.section("spec").flatMap(spec -> new ServiceReader(problems).read(header, spec)));

    private static final String EXPORT_TO = "networking.istio.io/exportTo";

    private final Problems problems;

    private ServiceReader(Problems problems) {
        this.problems = problems;
    }

    private Optional<Service> read(Header header, Section spec) {
        if (!LabelSyntax.isLabel(header.ref().name())) {
            problems.add(
                    DiagnosticCode.BAD_NAME,
                    header.place(),
                    "\"" + header.ref().name() + "\" is not the name of a Service: it becomes one label of a host",
                    "Use lower-case letters, digits and dashes");
        }
        String type = spec.text("type").orElse("ClusterIP");
        if (type.equals("ExternalName")) {
            problems.add(
                    DiagnosticCode.UNSUPPORTED_SERVICE,
                    spec.placeOf("type"),
                    "a Service of type ExternalName takes no effect here",
                    "Describe the external host by a ServiceEntry");
            return Optional.empty();
        }
        var ports = new ArrayList<Service.Port>();
        for (var port : spec.sections("ports")) {
            readPort(port).ifPresent(ports::add);
        }
        checkUnique(ports);
        return Optional.of(new Service(
                header.ref(),
                header.origin(),
                type,
                spec.map("selector"),
                spec.placeOf("selector"),
                spec.text("clusterIP").filter("None"::equals).isPresent(),
                ports,
                exports(header)));
    }

    private Optional<Exports> exports(Header header) {
        return Optional.ofNullable(header.annotations().get(EXPORT_TO)).map(text -> {
            var at = header.place()
                    .field("metadata.annotations." + EXPORT_TO, header.origin().line());
            var words = Arrays.stream(text.split(",", -1))
                    .map(word -> new Placed(word.strip(), at))
                    .toList();
            return Exports.read(words, header.ref().namespace(), true, problems);
        });
    }

    private Optional<Service.Port> readPort(Section port) {
        String transport = port.text("protocol").orElse("TCP");
        int number = port.number("port").orElseThrow();
        if (!transport.equals("TCP")) {
            problems.add(
                    DiagnosticCode.UNSUPPORTED_SERVICE,
                    port.placeOf("protocol"),
                    "port " + number + " is " + transport + ", which the mesh does not carry",
                    "Expect it to work in a cluster only");
            return Optional.empty();
        }
        String name = port.text("name").orElse("");
        var protocol = PortProtocols.of(port.text("appProtocol"), name, number);
        if (protocol.isEmpty()) {
            problems.add(
                    DiagnosticCode.UNTOLD_PROTOCOL,
                    port.place(),
                    "the name \"" + name + "\" of port " + number
                            + " does not tell its protocol; it is carried as TCP, where Istio would look at the bytes",
                    "Name it http, http2, grpc or tcp, or begin the name so (http-" + (name.isEmpty() ? "web" : name)
                            + "), or set appProtocol");
        }
        String target = port.text("targetPort").orElse(String.valueOf(number));
        return Optional.of(new Service.Port(name, number, target, protocol.orElse(Protocol.TCP), port.place()));
    }

    private void checkUnique(List<Service.Port> ports) {
        var numbers = new HashSet<Integer>();
        var names = new HashSet<String>();
        for (var port : ports) {
            if (!numbers.add(port.number())) {
                problems.add(
                        DiagnosticCode.DUPLICATE_PORT,
                        port.place(),
                        "port " + port.number() + " is already used by another port of this Service",
                        "Give each port its own number");
            }
            if (ports.size() > 1 && !names.add(port.name())) {
                problems.add(
                        DiagnosticCode.DUPLICATE_PORT,
                        port.place(),
                        "the port name \"" + port.name()
                                + "\" is used twice or empty; several ports need different names",
                        "Give each port its own name");
            }
        }
    }
}
