package dev.binnacle.mesh.compile.security;

import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.registry.Registry;

/** What can be wrong between security policies and the pods they are for. */
public final class SecurityChecks {
    private final Registry registry;

    public SecurityChecks(Registry registry) {
        this.registry = registry;
    }

    public void run(Problems problems) {
        new PeerAuthenticationChecks(registry).run(problems);
        new TokenChecks(registry).run(problems);
        new AuthorizationChecks(registry).run(problems);
    }
}
