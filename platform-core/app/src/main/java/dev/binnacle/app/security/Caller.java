package dev.binnacle.app.security;

import io.quarkus.security.identity.SecurityIdentity;
import jakarta.inject.Singleton;

/** Who asks. */
@Singleton
public class Caller {
    private final SecurityIdentity identity;

    Caller(SecurityIdentity identity) {
        this.identity = identity;
    }

    /** Returns the name of whoever makes the request that is answered now. */
    public String name() {
        return identity.isAnonymous() ? "nobody" : identity.getPrincipal().getName();
    }
}
