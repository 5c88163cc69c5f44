package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.Credential;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.ProxyIr;
import java.util.Optional;

/** Where what a proxy asks for by name comes from. */
final class CredentialText {
    private final Origins origins;
    private final ProxyIr proxy;

    CredentialText(Origins origins, ProxyIr proxy) {
        this.origins = origins;
        this.proxy = proxy;
    }

    /**
     * Returns the name with the resource that has it.
     *
     * @param otherwise what happens when none has
     */
    String of(String name, String otherwise) {
        return name
                + origin(name)
                        .map(this::from)
                        .orElse(
                                ", which is missing or unusable: " + otherwise
                                        + ", save that a proxy which was told it before goes on with that until it starts anew");
    }

    private Optional<Origin> origin(String name) {
        return proxy.credentials().stream()
                .filter(credential -> credential.name().equals(name))
                .map(Credential::origin)
                .findFirst();
    }

    private String from(Origin origin) {
        return " from " + origin
                + origins.resource(origin).map(ref -> " of " + ref).orElse("");
    }
}
