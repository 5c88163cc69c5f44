package dev.binnacle.mesh.gatewayapi;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.schema.Section;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What must hold within listeners and between them, as the API server has it. */
final class ListenerRules {
    private static final Set<String> PLAIN = Set.of("HTTP", "TCP", "UDP");

    private ListenerRules() {}

    static void check(Section listener, Problems problems) {
        String protocol = listener.text("protocol").orElse("");
        var tls = listener.section("tls");
        if (PLAIN.contains(protocol) && tls.isPresent()) {
            refuse(
                    tls.get().place(),
                    "a listener of " + protocol + " speaks no TLS",
                    "Remove tls, or use HTTPS",
                    problems);
        }
        if (protocol.equals("HTTPS") && tls.filter(ListenerRules::passesThrough).isPresent()) {
            refuse(
                    tls.get().placeOf("mode"),
                    "HTTPS ends at the gateway, it cannot be passed through",
                    "Use the protocol TLS, or the mode Terminate",
                    problems);
        }
        if (protocol.equals("TLS") && tls.flatMap(t -> t.text("mode")).isEmpty()) {
            refuse(listener.place(), "a listener of TLS says what becomes of it", "Add tls.mode", problems);
        }
        tls.filter(t -> !passesThrough(t))
                .filter(t -> t.sections("certificateRefs").isEmpty()
                        && t.map("options").isEmpty())
                .ifPresent(t -> refuse(
                        t.place(), "TLS cannot end here without a certificate", "Add certificateRefs", problems));
    }

    private static boolean passesThrough(Section tls) {
        return tls.text("mode").orElse("").equals("Passthrough");
    }

    static void checkDistinct(Section spec, Problems problems) {
        var names = new HashSet<String>();
        var opened = new HashSet<List<String>>();
        for (var listener : spec.sections("listeners")) {
            if (!names.add(listener.text("name").orElse(""))) {
                refuse(
                        listener.placeOf("name"),
                        "another listener has the name " + listener.text("name").orElse("") + " already",
                        "Give each listener its own name",
                        problems);
            }
            var place = List.of(
                    listener.text("port").orElse(""),
                    listener.text("protocol").orElse(""),
                    listener.text("hostname").orElse(""));
            if (!opened.add(place)) {
                refuse(
                        listener.place(),
                        "another listener has the same port, protocol and hostname",
                        "Keep one of the two",
                        problems);
            }
        }
    }

    private static void refuse(Place at, String message, String fix, Problems problems) {
        problems.add(DiagnosticCode.BAD_VALUE, at, message, fix);
    }
}
