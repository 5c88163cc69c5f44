package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Cluster.KeyPair;
import dev.binnacle.mesh.ir.Cluster.Trust;
import dev.binnacle.mesh.istio.traffic.ClientTls.Mode;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads how connections are protected. */
final class ClientTlsReader {
    private final Problems problems;

    ClientTlsReader(Problems problems) {
        this.problems = problems;
    }

    ClientTls read(Section tls) {
        var mode = Mode.valueOf(tls.text("mode").filter(ClientTlsReader::isMode).orElse("DISABLE"));
        boolean careless = tls.flag("insecureSkipVerify").orElse(false);
        if (mode == Mode.SIMPLE || mode == Mode.MUTUAL) {
            checkCareless(tls, careless);
        }
        return new ClientTls(
                mode,
                tls.text("sni").orElse(""),
                tls.texts("subjectAltNames").stream().map(Placed::text).toList(),
                careless ? new Trust.Anyone() : trust(tls),
                mode == Mode.MUTUAL ? keyPair(tls) : Optional.empty());
    }

    private static boolean isMode(String text) {
        return Stream.of(Mode.values()).anyMatch(mode -> mode.name().equals(text));
    }

    private void checkCareless(Section tls, boolean careless) {
        Stream.of("caCertificates", "subjectAltNames")
                .filter(field -> careless && tls.has(field))
                .forEach(field -> problems.add(
                        DiagnosticCode.EXCLUSIVE_FIELDS,
                        tls.placeOf(field),
                        "with insecureSkipVerify the server's certificate is not looked at, so " + field
                                + " means nothing",
                        "Keep one of them"));
    }

    private static Trust trust(Section tls) {
        return file(tls, "caCertificates")
                .<Trust>map(file -> new Trust.Authorities(file, file(tls, "caCrl")))
                .orElseGet(Trust.System::new);
    }

    private Optional<KeyPair> keyPair(Section tls) {
        Stream.of("clientCertificate", "privateKey")
                .filter(field -> file(tls, field).isEmpty())
                .forEach(field -> problems.add(
                        DiagnosticCode.MISSING_FIELD,
                        tls.place(),
                        "mode MUTUAL needs the field " + field,
                        "Name the file"));
        return file(tls, "clientCertificate")
                .flatMap(certificates -> file(tls, "privateKey").map(key -> new KeyPair(certificates, key)));
    }

    private static Optional<String> file(Section tls, String field) {
        return tls.text(field).filter(path -> !path.isEmpty());
    }
}
