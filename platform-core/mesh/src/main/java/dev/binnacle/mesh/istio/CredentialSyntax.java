package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.schema.LabelSyntax;
import java.util.Map;
import java.util.Optional;

/** Which credentials may be named. */
public final class CredentialSyntax {
    private static final Map<String, String> ELSEWHERE = Map.of(
            "configmap", "ConfigMaps are not read for authorities here",
            "sds", "there is no other server of secrets here",
            "builtin", "Istio means its Gateway API by it",
            "kubernetes-gateway", "Istio means its Gateway API by it",
            "invalid", "Istio means its Gateway API by it");

    private CredentialSyntax() {}

    /** Returns what is wrong with a name. */
    public static Optional<String> problem(String name) {
        int colon = name.indexOf("://");
        String scheme = colon < 0 ? "kubernetes" : name.substring(0, colon);
        if (ELSEWHERE.containsKey(scheme)) {
            return Optional.of(scheme + ":// is not supported: " + ELSEWHERE.get(scheme));
        }
        String secret = colon < 0 ? name : name.substring(colon + 3);
        int slash = secret.indexOf('/');
        boolean fits = scheme.equals("kubernetes")
                && (slash < 0 || LabelSyntax.isLabel(secret.substring(0, slash)))
                && LabelSyntax.isName(secret.substring(slash + 1));
        return fits ? Optional.empty() : Optional.of("\"" + name + "\" is not the name of a Secret");
    }
}
