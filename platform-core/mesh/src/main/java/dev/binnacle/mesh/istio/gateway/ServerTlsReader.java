package dev.binnacle.mesh.istio.gateway;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.ir.ServerTls;
import dev.binnacle.mesh.ir.ServerTls.Version;
import dev.binnacle.mesh.ir.ServerTls.Versions;
import dev.binnacle.mesh.istio.CredentialName;
import dev.binnacle.mesh.istio.gateway.ServerTlsSettings.Mode;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads how a gateway's server speaks TLS. */
final class ServerTlsReader {
    private final Section tls;
    private final Mode mode;
    private final List<Placed> secrets;

    private ServerTlsReader(Section tls) {
        this.tls = tls;
        // What is not one of them was refused already.
        this.mode = tls.text("mode")
                .filter(text -> Stream.of(Mode.values()).anyMatch(m -> m.name().equals(text)))
                .map(Mode::valueOf)
                .orElse(Mode.PASSTHROUGH);
        this.secrets = Stream.concat(tls.texts("credentialNames").stream(), tls.placed("credentialName").stream())
                .filter(name -> !name.text().isEmpty())
                .toList();
    }

    static ServerTlsSettings read(Section tls) {
        return new ServerTlsReader(tls).read();
    }

    private ServerTlsSettings read() {
        return new ServerTlsSettings(
                mode,
                certificates(),
                mode.asksClients() ? authorities() : Optional.empty(),
                texts("subjectAltNames"),
                secrets.isEmpty() ? List.of() : texts("verifyCertificateSpki"),
                secrets.isEmpty() ? List.of() : texts("verifyCertificateHash"),
                tls.flag("insecureSkipVerify").orElse(false),
                new Versions(version("minProtocolVersion"), version("maxProtocolVersion")),
                mode == Mode.ISTIO_MUTUAL ? List.of() : ciphers(),
                tls.place());
    }

    private List<String> ciphers() {
        return texts("cipherSuites").stream()
                .filter(ServerTlsRules.CIPHERS::contains)
                .distinct()
                .toList();
    }

    private List<CredentialName> certificates() {
        if (mode == Mode.PASSTHROUGH) {
            return List.of();
        }
        if (mode == Mode.ISTIO_MUTUAL) {
            return List.of(new CredentialName(ServerTls.OF_MESH, tls.placeOf("mode")));
        }
        return secrets.isEmpty()
                ? files()
                : secrets.stream()
                        .map(name -> CredentialName.secret(name.text(), name.place()))
                        .toList();
    }

    private List<CredentialName> files() {
        var pairs = tls.sections("tlsCertificates");
        return (pairs.isEmpty() ? Stream.of(tls) : pairs.stream())
                .map(pair -> CredentialName.files(
                        pair.text("serverCertificate").orElse(""),
                        pair.text("privateKey").orElse(""),
                        pair.placeOf("serverCertificate")))
                .toList();
    }

    /** With several Secrets, Istio takes the authorities of the first one. */
    private Optional<CredentialName> authorities() {
        if (mode == Mode.ISTIO_MUTUAL) {
            return Optional.of(new CredentialName(ServerTls.AUTHORITY_OF_MESH, tls.placeOf("mode")));
        }
        if (secrets.isEmpty()) {
            return Optional.of(
                    CredentialName.authorities(text("caCertificates"), text("caCrl"), tls.placeOf("caCertificates")));
        }
        Place place = secrets.getFirst().place();
        return tls.placed("caCertCredentialName")
                .filter(name -> !name.text().isEmpty())
                .map(name -> CredentialName.secret(name.text(), name.place()))
                .or(() -> Optional.of(
                        CredentialName.authoritiesOf(secrets.getFirst().text(), place)));
    }

    private String text(String field) {
        return tls.text(field).orElse("");
    }

    private List<String> texts(String field) {
        return tls.texts(field).stream().map(Placed::text).toList();
    }

    private Version version(String field) {
        return switch (mode == Mode.ISTIO_MUTUAL ? "" : text(field).toUpperCase(Locale.ROOT)) {
            case "TLSV1_0" -> Version.TLS_1_0;
            case "TLSV1_1" -> Version.TLS_1_1;
            case "TLSV1_2" -> Version.TLS_1_2;
            case "TLSV1_3" -> Version.TLS_1_3;
            default -> Version.AUTO;
        };
    }
}
