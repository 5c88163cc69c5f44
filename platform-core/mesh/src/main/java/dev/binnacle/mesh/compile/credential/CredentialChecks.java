package dev.binnacle.mesh.compile.credential;

import dev.binnacle.mesh.credential.Certificates;
import dev.binnacle.mesh.credential.Credentials;
import dev.binnacle.mesh.credential.Credentials.Asker;
import dev.binnacle.mesh.credential.Credentials.Found;
import dev.binnacle.mesh.credential.UnusableException;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Cluster.Trust;
import dev.binnacle.mesh.istio.CredentialName;
import dev.binnacle.mesh.istio.traffic.ClientTls;
import dev.binnacle.mesh.kubernetes.Secret.Value;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.Manifests;
import java.util.List;
import java.util.function.Function;

/** What is wrong with the certificates and authorities that resources name. No message holds any part of them. */
public final class CredentialChecks {
    private final Credentials credentials;

    public CredentialChecks(Manifests manifests) {
        this.credentials = new Credentials(manifests.secrets());
    }

    /**
     * Checks a certificate.
     *
     * @param hosts what clients ask for, perhaps with {@code *} in the place of the first label
     */
    public void pair(CredentialName name, Workload workload, List<String> hosts, Problems problems) {
        var found = credentials.pair(Askers.of(workload), name.text());
        report(found, name, problems);
        if (found instanceof Found.Usable usable) {
            checkHosts(usable.certificates(), hosts, name.place(), problems);
        }
    }

    /** Checks authorities. */
    public void authorities(CredentialName name, Workload workload, Problems problems) {
        Asker asker = Askers.of(workload);
        report(credentials.authorities(asker, name.text()), name, problems);
    }

    /**
     * Checks the Secret that a rule for clients names. Where some of their namespaces have it, the others are taken not to need
     * it: rules for all clients reach every gateway.
     */
    public void client(ClientTls tls, List<Workload> clients, Problems problems) {
        var secret = tls.secret().orElseThrow();
        if (tls.shown().isPresent()) {
            var name = CredentialName.secret(secret.text(), secret.place());
            reportAll(clients, name, asker -> credentials.pair(asker, name.text()), problems);
        }
        if (tls.trust() instanceof Trust.Told(String authorities)) {
            var name = new CredentialName(authorities, secret.place());
            reportAll(clients, name, asker -> credentials.authorities(asker, authorities), problems);
        }
    }

    private static void reportAll(
            List<Workload> clients, CredentialName name, Function<Asker, Found> find, Problems problems) {
        var found = clients.stream().map(Askers::of).distinct().map(find).toList();
        boolean someone = found.stream().anyMatch(Found.Usable.class::isInstance);
        found.stream()
                .filter(one -> !someone || one instanceof Found.Unusable)
                .forEach(one -> report(one, name, problems));
    }

    private static void report(Found found, CredentialName name, Problems problems) {
        switch (found) {
            case Found.Usable usable -> {}
            case Found.Missing(String why, String fix) ->
                problems.add(
                        DiagnosticCode.CREDENTIAL_MISSING,
                        name.place(),
                        why
                                + "; connections that need it fail until it is there, save at proxies that were told it before",
                        fix);
            case Found.Unusable(Place place, String why) ->
                problems.add(
                        DiagnosticCode.CREDENTIAL_UNUSABLE,
                        place,
                        why + "; " + name.place().resource() + " asks for it at "
                                + name.place().origin(),
                        "Replace it");
        }
    }

    private static void checkHosts(Value chain, List<String> hosts, Place asked, Problems problems) {
        try {
            var certificate = Certificates.read(chain.bytes()).getFirst();
            hosts.stream()
                    .filter(host -> !host.equals("*") && !Certificates.isFor(certificate, host))
                    .forEach(host -> problems.add(
                            DiagnosticCode.CERTIFICATE_NAMES,
                            chain.place(),
                            "the certificate is not for " + host + ", which the server at " + asked.origin()
                                    + " has, but for " + Certificates.names(certificate),
                            "Get one for all hosts of the server; clients refuse this one"));
        } catch (UnusableException e) {
            throw new IllegalStateException("what was found usable is readable", e);
        }
    }
}
