package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.security.RequestAuthentication.JwtRule;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.topology.KeySets;

/** RequestAuthentications, the pods they are for, and where their keys come from. */
final class TokenChecks {
    private final Registry registry;

    TokenChecks(Registry registry) {
        this.registry = registry;
    }

    void run(Problems problems) {
        for (var resource : registry.manifests().requestAuthentications()) {
            String namespace = resource.ref().namespace();
            PolicyTargets.check(
                    namespace,
                    resource.target(),
                    PolicyTargets.selected(registry, namespace, resource.target()),
                    problems);
            resource.rules().stream()
                    .filter(rule -> rule.keys().isEmpty())
                    .forEach(rule -> checkSource(rule, problems));
        }
    }

    private static void checkSource(JwtRule rule, Problems problems) {
        if (rule.keysUri().isEmpty()) {
            problems.add(
                    DiagnosticCode.NO_KEYS,
                    rule.place(),
                    "the issuer is not asked where its keys are (OpenID discovery), so tokens of " + rule.issuer()
                            + " are refused",
                    "Add jwks, or jwksUri with an address of this machine");
            return;
        }
        rule.keysUri()
                .filter(uri -> !KeySets.isNear(uri))
                .ifPresent(uri -> problems.add(
                        DiagnosticCode.NO_KEYS,
                        rule.place(),
                        uri + " is not on this machine and is not fetched, so tokens of " + rule.issuer()
                                + " are refused",
                        "Serve the key set at 127.0.0.1, or write it as jwks"));
    }
}
