package dev.binnacle.mesh.istio.gateway;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.CredentialSyntax;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What must hold between the TLS settings of a server, as Istio's own validation has it. */
public final class ServerTlsRules {
    static final Set<String> SECURE = Set.of("HTTPS", "TLS");

    /** Those that Istio passes on to Envoy. */
    public static final Set<String> CIPHERS = Set.of(
            "ALL",
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305",
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-RSA-AES128-SHA",
            "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-RSA-AES256-SHA",
            "AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-SHA",
            "AES256-SHA",
            "DES-CBC3-SHA");

    private static final Set<String> PASSING = Set.of("PASSTHROUGH", "AUTO_PASSTHROUGH");
    private static final Set<String> ENDING = Set.of("SIMPLE", "MUTUAL", "OPTIONAL_MUTUAL");
    private static final List<String> FILES = List.of("serverCertificate", "privateKey", "caCertificates");
    private static final List<String> OWN = List.of(
            "serverCertificate",
            "privateKey",
            "caCertificates",
            "tlsCertificates",
            "credentialName",
            "credentialNames");
    private static final List<String> PARAMETERS = List.of("minProtocolVersion", "maxProtocolVersion", "cipherSuites");
    private static final int MOST_CERTIFICATES = 2;

    private final Section tls;
    private final String mode;
    private final Problems problems;

    private ServerTlsRules(Section tls, Problems problems) {
        this.tls = tls;
        this.mode = tls.text("mode").orElse("PASSTHROUGH");
        this.problems = problems;
    }

    /** Certificates are for ports that speak TLS; others may only send their clients to one. */
    static void checkPort(Section server, Problems problems) {
        String protocol =
                server.section("port").flatMap(port -> port.text("protocol")).orElse("");
        var tls = server.section("tls");
        if (SECURE.contains(protocol) && tls.isEmpty()) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    server.place(),
                    "a port whose protocol is " + protocol + " needs TLS settings",
                    "Add tls, with its mode");
        }
        if (!SECURE.contains(protocol)
                && tls.filter(section -> speaks(section, protocol)).isPresent()) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    server.placeOf("tls"),
                    "TLS settings at a port whose protocol is " + (protocol.isEmpty() ? "not said" : protocol),
                    "Use protocol: HTTPS or TLS, or remove the settings");
        }
    }

    private static boolean speaks(Section tls, String protocol) {
        boolean http = protocol.startsWith("HTTP") || protocol.startsWith("GRPC");
        return !http
                || !PASSING.contains(tls.text("mode").orElse("PASSTHROUGH"))
                || FILES.stream().anyMatch(tls::has);
    }

    static void check(Section tls, Problems problems) {
        var rules = new ServerTlsRules(tls, problems);
        rules.checkMode();
        rules.checkSources();
        rules.checkRevocation();
        rules.checkCiphers();
        rules.credentials().forEach(rules::checkCredential);
    }

    private void checkMode() {
        if (mode.equals("AUTO_PASSTHROUGH")) {
            problems.add(
                    DiagnosticCode.FIELD_REJECTED,
                    tls.placeOf("mode"),
                    "AUTO_PASSTHROUGH is not supported: it joins the networks of several clusters, and here is one",
                    "Use PASSTHROUGH and tls rules of a VirtualService");
        }
        if (mode.equals("ISTIO_MUTUAL")) {
            OWN.stream()
                    .filter(tls::has)
                    .forEach(field -> problems.add(
                            DiagnosticCode.EXCLUSIVE_FIELDS,
                            tls.placeOf(field),
                            "in mode ISTIO_MUTUAL the gateway shows its certificate of the mesh, so " + field
                                    + " has no place",
                            "Remove it, or use mode SIMPLE or MUTUAL"));
            PARAMETERS.stream()
                    .filter(tls::has)
                    .forEach(field -> problems.add(
                            DiagnosticCode.FIELD_IGNORED,
                            tls.placeOf(field),
                            "in mode ISTIO_MUTUAL proxies speak the mesh's TLS, so " + field + " takes no effect",
                            "Remove it, or use mode SIMPLE or MUTUAL"));
        }
        if (PASSING.contains(mode)) {
            OWN.stream().filter(tls::has).forEach(this::ignored);
        }
    }

    private void ignored(String field) {
        problems.add(
                DiagnosticCode.FIELD_IGNORED,
                tls.placeOf(field),
                "mode " + mode + " passes TLS on as it comes, so " + field + " takes no effect",
                "Remove it, or use mode SIMPLE or MUTUAL");
    }

    private void checkSources() {
        var sources = sources();
        if (sources.size() > 1 && !mode.equals("ISTIO_MUTUAL")) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    tls.place(),
                    "only one source of the server's certificate may be named, here are "
                            + String.join(" and ", sources),
                    "Keep one of them");
        }
        boolean bySecret = tls.has("credentialName") || tls.has("credentialNames");
        if (ENDING.contains(mode) && !bySecret) {
            checkFiles();
        }
        Stream.of("credentialNames", "tlsCertificates")
                .filter(field -> tls.texts(field).size() + tls.sections(field).size() > MOST_CERTIFICATES)
                .forEach(field -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        tls.placeOf(field),
                        "more than " + MOST_CERTIFICATES + " certificates",
                        "Keep one with an RSA key and one with an ECDSA key"));
    }

    private List<String> sources() {
        boolean files = tls.has("serverCertificate") && tls.has("privateKey");
        return Stream.of("credentialName", "credentialNames", "serverCertificate", "tlsCertificates")
                .filter(field -> field.equals("serverCertificate") ? files : tls.has(field))
                .map(field -> field.equals("serverCertificate") ? "serverCertificate with privateKey" : field)
                .toList();
    }

    private void checkFiles() {
        var needed = tls.has("tlsCertificates") ? Stream.<String>of() : Stream.of("serverCertificate", "privateKey");
        var authorities = mode.equals("SIMPLE") ? Stream.<String>of() : Stream.of("caCertificates");
        Stream.concat(needed, authorities)
                .filter(field -> tls.text(field).filter(text -> !text.isEmpty()).isEmpty())
                .forEach(field -> problems.add(
                        DiagnosticCode.MISSING_FIELD,
                        tls.place(),
                        "mode " + mode + " needs the field " + field + ", or a credentialName",
                        "Name a Secret: credentialName"));
    }

    /** Istio does not look at it where a Secret is named, and says nothing. */
    private void checkRevocation() {
        if (!tls.has("caCrl")) {
            return;
        }
        boolean bySecret = tls.has("credentialName") || tls.has("credentialNames");
        if (bySecret && ENDING.contains(mode)) {
            problems.add(
                    DiagnosticCode.FIELD_IGNORED,
                    tls.placeOf("caCrl"),
                    "with a Secret, caCrl takes no effect: nobody is refused by it",
                    "Put the list into the Secret: ca.crl or crl");
        } else if (bySecret || mode.equals("SIMPLE")) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    tls.placeOf("caCrl"),
                    "mode " + mode + " asks no client for a certificate that could be revoked",
                    "Remove caCrl");
        }
    }

    private void checkCiphers() {
        var seen = new HashSet<String>();
        for (var cipher : tls.texts("cipherSuites")) {
            boolean known = CIPHERS.contains(cipher.text());
            if (!known || !seen.add(cipher.text())) {
                problems.add(
                        DiagnosticCode.FIELD_IGNORED,
                        cipher.place(),
                        "the cipher suite " + cipher.text() + (known ? " is named twice" : " is not one Istio accepts")
                                + "; it takes no effect",
                        "Remove it");
            }
        }
    }

    private Stream<Placed> credentials() {
        return Stream.of(
                        tls.placed("credentialName").stream(),
                        tls.placed("caCertCredentialName").stream(),
                        tls.texts("credentialNames").stream())
                .flatMap(all -> all);
    }

    private void checkCredential(Placed name) {
        CredentialSyntax.problem(name.text())
                .ifPresent(why -> problems.add(DiagnosticCode.BAD_VALUE, name.place(), why, "Name a Secret"));
    }
}
