package dev.binnacle.mesh.istio.security;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.Origin;
import dev.binnacle.mesh.ir.access.TokenRule.ClaimHeader;
import dev.binnacle.mesh.ir.access.TokenRule.HeaderPlace;
import dev.binnacle.mesh.istio.PolicyTarget;
import dev.binnacle.mesh.schema.Resource;
import java.util.List;
import java.util.Optional;

/** Which tokens pods accept. Requests without a token pass; an AuthorizationPolicy may ask for one. */
public record RequestAuthentication(ResourceRef ref, Origin origin, PolicyTarget target, List<JwtRule> rules)
        implements Resource {
    public RequestAuthentication {
        rules = List.copyOf(rules);
    }

    /**
     * Tokens of one issuer.
     *
     * @param keys the key set as written; empty when it is to be fetched
     * @param keysUri where it is fetched
     */
    public record JwtRule(
            Place place,
            String issuer,
            List<String> audiences,
            Optional<String> keys,
            Optional<String> keysUri,
            List<HeaderPlace> headers,
            List<String> parameters,
            List<String> cookies,
            boolean forwarded,
            String payloadHeader,
            List<ClaimHeader> claimHeaders,
            List<String> spaceDelimited) {}
}
