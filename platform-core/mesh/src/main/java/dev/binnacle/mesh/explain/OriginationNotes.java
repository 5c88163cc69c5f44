package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.Cluster.Shown;
import dev.binnacle.mesh.ir.Cluster.Tls;
import dev.binnacle.mesh.ir.Cluster.Trust;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What there is to say about TLS that a proxy begins with a server outside of the mesh. */
final class OriginationNotes {
    private static final String OTHERWISE = "requests get 503 (UF)";

    private final CredentialText credentials;

    OriginationNotes(CredentialText credentials) {
        this.credentials = credentials;
    }

    List<String> of(Tls tls) {
        return tls instanceof Tls.Foreign foreign
                ? Stream.concat(Stream.of(server(foreign)), client(foreign).stream())
                        .toList()
                : List.of();
    }

    private String server(Tls.Foreign tls) {
        String name = tls.sni().isEmpty() ? "the request's host" : tls.sni();
        return "TLS begins here, with a server asked for as " + name + " (SNI); " + trusted(tls)
                + (tls.trust() instanceof Trust.Anyone ? "" : expected(tls));
    }

    private String trusted(Tls.Foreign tls) {
        return switch (tls.trust()) {
            case Trust.Anyone anyone -> "its certificate is not looked at";
            case Trust.System system -> "its certificate must be of an authority that the system trusts";
            case Trust.Authorities(var file, var revoked) -> "its certificate must be of an authority in " + file;
            case Trust.Told(var name) ->
                "its certificate must be of an authority in " + credentials.of(name, OTHERWISE);
        };
    }

    private static String expected(Tls.Foreign tls) {
        if (!tls.names().isEmpty()) {
            return ", for " + String.join(" or ", tls.names());
        }
        return tls.verifiesHost() ? ", for the request's host" : ", for whatever name";
    }

    private Optional<String> client(Tls.Foreign tls) {
        return tls.shown()
                .map(shown -> "it is shown the certificate "
                        + switch (shown) {
                            case Shown.Files(var certificates, var key) -> certificates;
                            case Shown.Told(var name) -> credentials.of(name, OTHERWISE);
                        });
    }
}
