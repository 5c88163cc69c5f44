package dev.binnacle.mesh.compile.credential;

import dev.binnacle.mesh.compile.credential.Credentials.Asker;
import dev.binnacle.mesh.compile.credential.Credentials.Found;
import dev.binnacle.mesh.credential.Certificates;
import dev.binnacle.mesh.credential.UnusableException;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.CredentialName;
import dev.binnacle.mesh.kubernetes.Secret.Value;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.manifest.Manifests;
import java.util.List;

/** What is wrong with the certificates and authorities that resources name. No message holds any part of them. */
public final class CredentialChecks {
    private final Credentials credentials;

    public CredentialChecks(Manifests manifests) {
        this.credentials = new Credentials(manifests);
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

    private static void report(Found found, CredentialName name, Problems problems) {
        switch (found) {
            case Found.Usable usable -> {}
            case Found.Missing(String why, String fix) ->
                problems.add(
                        DiagnosticCode.CREDENTIAL_MISSING,
                        name.place(),
                        why + "; connections that need it fail until it is there",
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
