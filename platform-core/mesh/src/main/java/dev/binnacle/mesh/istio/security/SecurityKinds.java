package dev.binnacle.mesh.istio.security;

import dev.binnacle.mesh.schema.ResourceKind;
import java.util.List;

/** The kinds of Istio's security API. */
public final class SecurityKinds {
    static final List<String> VERSIONS = List.of("security.istio.io/v1", "security.istio.io/v1beta1");

    /** Kinds that are read. */
    public static final List<ResourceKind> READ =
            List.of(PeerAuthenticationReader.KIND, RequestAuthenticationReader.KIND, AuthorizationPolicyReader.KIND);

    private SecurityKinds() {}
}
