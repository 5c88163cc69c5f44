package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Cluster.Shown;
import dev.binnacle.mesh.ir.Cluster.Trust;
import dev.binnacle.mesh.istio.CredentialName;
import dev.binnacle.mesh.istio.CredentialSyntax;
import dev.binnacle.mesh.istio.traffic.ClientTls.Mode;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Reads how connections are protected. */
final class ClientTlsReader {
    /** What a client shows who it is by. */
    private static final Set<String> OWN = Set.of("clientCertificate", "privateKey");

    private final Problems problems;

    ClientTlsReader(Problems problems) {
        this.problems = problems;
    }

    ClientTls read(Section tls) {
        var mode = Mode.valueOf(tls.text("mode").filter(ClientTlsReader::isMode).orElse("DISABLE"));
        boolean careless = tls.flag("insecureSkipVerify").orElse(false);
        var secret = secret(tls, mode);
        if (mode == Mode.SIMPLE || mode == Mode.MUTUAL) {
            checkCareless(tls, mode, careless);
            secret.ifPresent(name -> checkSecret(tls, name));
        }
        checkUse(tls, mode);
        return new ClientTls(
                mode,
                tls.text("sni").orElse(""),
                tls.texts("subjectAltNames").stream().map(Placed::text).toList(),
                careless ? new Trust.Anyone() : trust(tls, secret),
                mode == Mode.MUTUAL ? shown(tls, secret) : Optional.empty(),
                secret,
                tls.place());
    }

    /** The mesh's own TLS has no use for it, and plaintext neither. */
    private static Optional<Placed> secret(Section tls, Mode mode) {
        return tls.placed("credentialName")
                .filter(name -> !name.text().isEmpty())
                .filter(name -> mode == Mode.SIMPLE || mode == Mode.MUTUAL);
    }

    private static boolean isMode(String text) {
        return Stream.of(Mode.values()).anyMatch(mode -> mode.name().equals(text));
    }

    private void checkUse(Section tls, Mode mode) {
        Stream.of("clientCertificate", "privateKey", "caCertificates", "caCrl", "credentialName")
                .filter(field -> switch (mode) {
                    case DISABLE, ISTIO_MUTUAL -> true;
                    case SIMPLE -> OWN.contains(field);
                    case MUTUAL -> false;
                })
                .filter(tls::has)
                .forEach(field -> problems.add(
                        DiagnosticCode.FIELD_IGNORED,
                        tls.placeOf(field),
                        "mode " + mode + " has no use for " + field + "; it takes no effect",
                        "Remove it, or use mode SIMPLE or MUTUAL"));
    }

    private void checkCareless(Section tls, Mode mode, boolean careless) {
        // In mode MUTUAL the Secret still has the client's certificate.
        var pointless = Stream.of("caCertificates", "subjectAltNames", "credentialName")
                .filter(field -> mode == Mode.SIMPLE || !field.equals("credentialName"));
        pointless
                .filter(field -> careless && tls.has(field))
                .forEach(field -> problems.add(
                        DiagnosticCode.EXCLUSIVE_FIELDS,
                        tls.placeOf(field),
                        "with insecureSkipVerify the server's certificate is not looked at, so " + field
                                + " means nothing",
                        "Keep one of them"));
    }

    private void checkSecret(Section tls, Placed name) {
        CredentialSyntax.problem(name.text())
                .ifPresent(why -> problems.add(DiagnosticCode.BAD_VALUE, name.place(), why, "Name a Secret"));
        Stream.of("clientCertificate", "privateKey", "caCertificates", "caCrl")
                .filter(field -> file(tls, field).isPresent())
                .forEach(field -> problems.add(
                        DiagnosticCode.EXCLUSIVE_FIELDS,
                        tls.placeOf(field),
                        "with credentialName everything is in the Secret, so " + field + " has no place",
                        "Keep one of them"));
    }

    private static Trust trust(Section tls, Optional<Placed> secret) {
        return secret.<Trust>map(name -> new Trust.Told(
                        CredentialName.authoritiesOf(name.text(), name.place()).text()))
                .or(() -> file(tls, "caCertificates").map(file -> new Trust.Authorities(file, file(tls, "caCrl"))))
                .orElseGet(Trust.System::new);
    }

    private Optional<Shown> shown(Section tls, Optional<Placed> secret) {
        return secret.<Shown>map(name -> new Shown.Told(
                        CredentialName.secret(name.text(), name.place()).text()))
                .or(() -> files(tls));
    }

    private Optional<Shown> files(Section tls) {
        Stream.of("clientCertificate", "privateKey")
                .filter(field -> file(tls, field).isEmpty())
                .forEach(field -> problems.add(
                        DiagnosticCode.MISSING_FIELD,
                        tls.place(),
                        "mode MUTUAL needs the field " + field,
                        "Name the file, or a Secret: credentialName"));
        return file(tls, "clientCertificate")
                .flatMap(certificates -> file(tls, "privateKey").map(key -> new Shown.Files(certificates, key)));
    }

    private static Optional<String> file(Section tls, String field) {
        return tls.text(field).filter(path -> !path.isEmpty());
    }
}
