package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.LabelSyntax;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads Sidecars. */
final class SidecarReader {
    private static final String OWN_ADDRESS =
            "here a sidecar listens at an address of its own for each host, on the host's ports";

    private static final Shape SELECTOR = Shape.named("WorkloadSelector").with("labels", FieldType.SELECTOR);
    private static final Shape EGRESS = Shape.named("IstioEgressListener")
            .require("hosts", listOf(LINE))
            .reject("port", OWN_ADDRESS)
            .reject("bind", OWN_ADDRESS)
            .reject("captureMode", OWN_ADDRESS);
    private static final Shape POLICY = Shape.named("OutboundTrafficPolicy")
            .with("mode", choice("ALLOW_ANY", "REGISTRY_ONLY"))
            .reject("egressProxy", "route to an egress gateway by a VirtualService");
    private static final Shape SPEC = Shape.named("SidecarSpec")
            .with("workloadSelector", section(SELECTOR))
            .with("egress", listOf(EGRESS))
            .with("outboundTrafficPolicy", section(POLICY))
            .reject(
                    "ingress",
                    "a sidecar listens on the containerPorts of its pod, and PeerAuthentication says for whom")
            .reject("inboundConnectionPool", "connections from outside are not limited");

    static final ResourceKind KIND = new ResourceKind(
            "Sidecar",
            IstioKinds.NETWORKING,
            Shape.named("Sidecar").require("spec", section(SPEC)),
            (header, document, problems) ->
                    document.section("spec").map(spec -> new SidecarReader(problems).read(header, spec)));

    private final Problems problems;

    private SidecarReader(Problems problems) {
        this.problems = problems;
    }

    private Sidecar read(Header header, Section spec) {
        var selector = spec.section("workloadSelector");
        var egress = spec.sections("egress");
        if (egress.isEmpty() && !spec.has("outboundTrafficPolicy")) {
            problems.add(DiagnosticCode.MISSING_FIELD, spec.place(), "the Sidecar says nothing", "Add egress hosts");
        }
        if (egress.size() > 1) {
            bad(spec.placeOf("egress"), "several egress listeners without port mean the same", "List all hosts in one");
        }
        egress.forEach(this::checkHosts);
        return new Sidecar(
                header.ref(),
                header.origin(),
                selector.map(s -> s.map("labels")).orElse(Map.of()),
                egress.stream().flatMap(e -> e.texts("hosts").stream()).toList(),
                unknownHosts(spec));
    }

    private static Optional<UnknownHosts> unknownHosts(Section spec) {
        // As in Istio a policy without mode means the word that comes first in its API.
        return spec.section("outboundTrafficPolicy")
                .map(policy -> policy.text("mode").map(UnknownHosts::valueOf).orElse(UnknownHosts.REGISTRY_ONLY));
    }

    private void checkHosts(Section egress) {
        List<Placed> hosts = egress.texts("hosts");
        if (hosts.isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    egress.placeOf("hosts"),
                    "an egress listener without hosts",
                    "List them as namespace/host; */* means all");
        }
        for (var host : hosts) {
            if (!isScopedHost(host.text())) {
                bad(host.place(), "\"" + host.text() + "\" is not namespace/host", "Write namespace/host, ./* or */*");
            }
        }
    }

    private static boolean isScopedHost(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return false;
        }
        String written = text.substring(0, slash);
        String namespace = written.startsWith("~") ? written.substring(1) : written;
        String host = text.substring(slash + 1);
        boolean known =
                namespace.equals("*") || namespace.equals(".") || LabelSyntax.isLabel(namespace) || written.equals("~");
        return known && LabelSyntax.isHost(host) && (host.equals("*") || host.contains("."));
    }

    private void bad(Place at, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, at, message, fix);
    }
}
