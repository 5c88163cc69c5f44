package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.ServiceEntry.Port;
import dev.binnacle.mesh.istio.ServiceEntry.Resolution;
import dev.binnacle.mesh.schema.LabelSyntax;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What Istio refuses of a ServiceEntry whose fields are right each by itself (facts F7). */
final class ServiceEntryRules {
    private static final String ENDPOINTS = "endpoints";
    private static final Set<String> TOLD_APART = Set.of("HTTP", "HTTP2", "GRPC", "GRPC-WEB", "HTTPS", "TLS");

    private final Problems problems;

    ServiceEntryRules(Problems problems) {
        this.problems = problems;
    }

    void check(ServiceEntry entry, Section spec) {
        if (spec.has("workloadSelector") && spec.has(ENDPOINTS)) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    spec.placeOf(ENDPOINTS),
                    "only one of workloadSelector and endpoints may be set",
                    "Keep one of them");
        }
        checkHosts(entry, spec);
        checkAddresses(entry, spec);
        checkPorts(entry, spec);
        checkEndpoints(entry, spec);
    }

    private void checkHosts(ServiceEntry entry, Section spec) {
        if (entry.hosts().isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    spec.placeOf("hosts"),
                    "a ServiceEntry without hosts is about nothing",
                    "List the hosts it is about");
        }
        for (var host : entry.hosts()) {
            checkCase(host);
            if (host.text().equals("*")) {
                bad(host.place(), "a ServiceEntry cannot be about every host", "Name a domain: *.example.com");
            } else if (host.text().startsWith("*")
                    && isByName(entry)
                    && entry.endpoints().isEmpty()) {
                bad(
                        host.place(),
                        "DNS has no address for the wildcard " + host.text(),
                        "Add endpoints, or use resolution: NONE");
            }
        }
    }

    private void checkCase(Placed host) {
        String lower = host.text().toLowerCase(Locale.ROOT);
        if (!lower.equals(host.text())) {
            problems.add(
                    DiagnosticCode.UPPER_CASE_HOST,
                    host.place(),
                    "Istio sends requests for " + host.text() + " to " + lower
                            + ", which nothing defines: they get 503",
                    "Write it in lower case");
        }
    }

    private static boolean isByName(ServiceEntry entry) {
        return entry.resolution() == Resolution.DNS || entry.resolution() == Resolution.DNS_ROUND_ROBIN;
    }

    private void checkAddresses(ServiceEntry entry, Section spec) {
        for (var address : spec.texts("addresses")) {
            if (!isAddressOrBlock(address.text())) {
                bad(address.place(), "\"" + address.text() + "\" is no IP address or block", "Correct it");
            } else if (address.text().contains("/") && isByName(entry)) {
                bad(
                        address.place(),
                        "a block of addresses goes with resolution NONE or STATIC only",
                        "Change the resolution, or name single addresses");
            }
        }
    }

    private static boolean isAddressOrBlock(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return Member.isIpAddress(text);
        }
        String bits = text.substring(slash + 1);
        boolean number = !bits.isEmpty() && bits.length() <= 3 && bits.chars().allMatch(Character::isDigit);
        return number
                && Integer.parseInt(bits) <= (text.contains(":") ? 128 : 32)
                && Member.isIpAddress(text.substring(0, slash));
    }

    private void checkPorts(ServiceEntry entry, Section spec) {
        var names = new HashSet<String>();
        var numbers = new HashSet<Integer>();
        for (var port : entry.ports()) {
            if (!names.add(port.name()) || !numbers.add(port.number())) {
                problems.add(
                        DiagnosticCode.DUPLICATE_PORT,
                        port.place(),
                        "the port " + port.name() + " (" + port.number() + ") is there twice, by name or by number",
                        "Give each port its own name and number");
            }
            if (!LabelSyntax.isLabel(port.name().toLowerCase(Locale.ROOT))) {
                bad(port.place(), "\"" + port.name() + "\" is not a port's name", "Use letters, digits and dashes");
            }
        }
        if (entry.resolution() != Resolution.NONE && entry.hosts().size() > 1) {
            spec.sections("ports").stream()
                    .filter(port -> !isToldApart(port))
                    .findFirst()
                    .ifPresent(port -> bad(
                            port.place(),
                            "nothing tells the " + entry.hosts().size()
                                    + " hosts apart on a port that is neither HTTP nor" + " TLS",
                            "Write one ServiceEntry for each host"));
        }
    }

    private static boolean isToldApart(Section port) {
        return port.text("protocol")
                .filter(word -> TOLD_APART.contains(word.toUpperCase(Locale.ROOT)))
                .isPresent();
    }

    private void checkEndpoints(ServiceEntry entry, Section spec) {
        if (entry.resolution() == Resolution.NONE && !entry.endpoints().isEmpty()) {
            bad(
                    spec.placeOf(ENDPOINTS),
                    "resolution NONE, which is meant when nothing is said, leaves no use for endpoints",
                    "Add resolution: STATIC for addresses, or DNS for names");
        }
        if (entry.resolution() == Resolution.DNS_ROUND_ROBIN
                && entry.endpoints().size() > 1) {
            bad(spec.placeOf(ENDPOINTS), "resolution DNS_ROUND_ROBIN goes with one endpoint", "Use DNS, or keep one");
        }
        var ports = entry.ports().stream().map(Port::name).collect(Collectors.toSet());
        for (var endpoint : entry.endpoints()) {
            checkEndpoint(entry, endpoint, ports);
        }
    }

    private void checkEndpoint(ServiceEntry entry, Member endpoint, Set<String> ports) {
        if (entry.resolution() == Resolution.STATIC && !endpoint.hasIpAddress()) {
            bad(
                    endpoint.place(),
                    "\"" + endpoint.address() + "\" is no IP address, as resolution STATIC needs it",
                    "Use resolution: DNS for names");
        }
        endpoint.ports().keySet().stream()
                .sorted()
                .filter(name -> !ports.contains(name))
                .forEach(name -> bad(
                        endpoint.place(),
                        "the ServiceEntry has no port " + name,
                        "Its ports are " + String.join(", ", new TreeSet<>(ports))));
    }

    private void bad(Place at, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, at, message, fix);
    }
}
