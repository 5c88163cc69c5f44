package dev.binnacle.mesh.gatewayapi.convert;

import dev.binnacle.mesh.credential.Credentials;
import dev.binnacle.mesh.credential.Credentials.Asker;
import dev.binnacle.mesh.credential.Credentials.Found;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway;
import dev.binnacle.mesh.gatewayapi.KubernetesGateway.Tls;
import dev.binnacle.mesh.gatewayapi.Reference;
import dev.binnacle.mesh.ir.ServerTls;
import dev.binnacle.mesh.ir.ServerTls.Version;
import dev.binnacle.mesh.ir.ServerTls.Versions;
import dev.binnacle.mesh.istio.CredentialName;
import dev.binnacle.mesh.istio.gateway.ServerTlsRules;
import dev.binnacle.mesh.istio.gateway.ServerTlsSettings;
import dev.binnacle.mesh.istio.gateway.ServerTlsSettings.Mode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Converts how listeners speak TLS. Without a certificate that is there and permitted, a listener is not opened. */
final class ListenerTls {
    private static final String MODE = "gateway.istio.io/tls-terminate-mode";
    private static final String CIPHERS = "gateway.istio.io/tls-cipher-suites";
    private static final int MOST = 2;

    private final Resources resources;
    private final Credentials credentials;
    private final Problems problems;

    ListenerTls(Resources resources, Problems problems) {
        this.resources = resources;
        this.credentials = new Credentials(resources.secrets());
        this.problems = problems;
    }

    /** Returns what a listener that ends TLS needs for it; empty when something is missing. */
    Optional<ServerTlsSettings> of(KubernetesGateway gateway, Tls tls) {
        return switch (tls.options().getOrDefault(MODE, "")) {
            case "ISTIO_MUTUAL" ->
                Optional.of(settings(
                        Mode.ISTIO_MUTUAL,
                        List.of(ofMesh(tls)),
                        Optional.of(new CredentialName(ServerTls.AUTHORITY_OF_MESH, tls.place())),
                        tls));
            case "ISTIO_SIMPLE" -> Optional.of(settings(Mode.SIMPLE, List.of(ofMesh(tls)), Optional.empty(), tls));
            case "MUTUAL" -> withCertificates(gateway, tls, Mode.MUTUAL);
            case "OPTIONAL_MUTUAL" -> withCertificates(gateway, tls, Mode.OPTIONAL_MUTUAL);
            default -> withCertificates(gateway, tls, Mode.SIMPLE);
        };
    }

    private static CredentialName ofMesh(Tls tls) {
        return new CredentialName(ServerTls.OF_MESH, tls.place());
    }

    private Optional<ServerTlsSettings> withCertificates(KubernetesGateway gateway, Tls tls, Mode mode) {
        if (tls.certificates().isEmpty() || tls.certificates().size() > MOST) {
            refuse(
                    tls.place(),
                    "a listener has one certificate, or two of which one has an RSA and one an ECDSA key; here are "
                            + tls.certificates().size(),
                    "Write one of them into certificateRefs");
            return Optional.empty();
        }
        var names = tls.certificates().stream()
                .flatMap(reference -> certificate(gateway, reference).stream())
                .toList();
        return names.size() < tls.certificates().size()
                ? Optional.empty()
                : Optional.of(settings(
                        mode,
                        names,
                        mode.asksClients() ? Optional.of(names.getFirst().authorities()) : Optional.empty(),
                        tls));
    }

    private Optional<CredentialName> certificate(KubernetesGateway gateway, Reference to) {
        String own = gateway.ref().namespace();
        if (!to.isTo("", "Secret")) {
            refuse(to.place(), "a certificate is in a Secret, not in a " + to.title(), "Refer to a Secret");
            return Optional.empty();
        }
        if (!resources.permits("Gateway", own, to)) {
            problems.add(
                    DiagnosticCode.REFERENCE_NOT_PERMITTED,
                    to.place(),
                    "no ReferenceGrant in the namespace " + to.namespaceFrom(own) + " permits Gateways of " + own
                            + " to refer to the Secret " + to.name() + "; the listener is not opened",
                    "Add one there: from Gateway in " + own + ", to Secret");
            return Optional.empty();
        }
        var name = CredentialName.gatewaySecret(to.namespaceFrom(own), to.name(), to.place());
        return switch (credentials.pair(new Asker(own, Map.of()), name.text())) {
            case Found.Usable usable -> Optional.of(name);
            case Found.Missing(String why, String fix) -> {
                problems.add(
                        DiagnosticCode.CREDENTIAL_MISSING,
                        to.place(),
                        why + "; the listener is not opened until it is there",
                        fix);
                yield Optional.empty();
            }
            case Found.Unusable(Place place, String why) -> {
                refuse(place, why + "; the listener that asks for it is not opened", "Replace it");
                yield Optional.empty();
            }
        };
    }

    private static ServerTlsSettings settings(
            Mode mode, List<CredentialName> certificates, Optional<CredentialName> authorities, Tls tls) {
        return new ServerTlsSettings(
                mode,
                certificates,
                authorities,
                List.of(),
                List.of(),
                List.of(),
                false,
                new Versions(Version.AUTO, Version.AUTO),
                Stream.of(tls.options().getOrDefault(CIPHERS, "").split(",", -1))
                        .map(String::strip)
                        .filter(ServerTlsRules.CIPHERS::contains)
                        .distinct()
                        .toList(),
                tls.place());
    }

    private void refuse(Place at, String message, String fix) {
        problems.add(DiagnosticCode.LISTENER_TLS, at, message, fix);
    }
}
