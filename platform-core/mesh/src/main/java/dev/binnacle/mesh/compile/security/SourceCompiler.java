package dev.binnacle.mesh.compile.security;

import com.google.re2j.Pattern;
import dev.binnacle.mesh.ir.access.Requirement;
import dev.binnacle.mesh.ir.access.Source;
import dev.binnacle.mesh.ir.access.Text;
import dev.binnacle.mesh.istio.security.Attribute;
import dev.binnacle.mesh.istio.security.AttributeKey;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What attributes ask of who asks.
 *
 * @param namespace that of the policy, where a service account without namespace is
 */
record SourceCompiler(TrustDomains trustDomains, String namespace) {

    Stream<Requirement<Source>> compile(Attribute attribute) {
        var key = attribute.key();
        return RuleCompiler.requirements(attribute, values -> sources(key, values));
    }

    private List<Source> sources(AttributeKey key, List<String> values) {
        return switch (key.kind()) {
            case SOURCE_PRINCIPAL ->
                each(trustDomains.ofPrincipals(values), value -> new Source.Peer(Texts.ofPrincipal(value)));
            case SOURCE_TRUST_DOMAIN ->
                each(trustDomains.expanded(values), value -> new Source.Peer(ofTrustDomain(value)));
            case SOURCE_NAMESPACE -> each(values, value -> new Source.Peer(ofNamespace(value)));
            case SOURCE_SERVICE_ACCOUNT -> each(values, value -> new Source.Peer(ofAccount(value)));
            case SOURCE_IP -> each(values, value -> new Source.Address(Blocks.of(value)));
            case REMOTE_IP -> each(values, value -> new Source.ClientAddress(Blocks.of(value)));
            case REQUEST_HEADER ->
                each(values, value -> new Source.Header(key.names().getFirst(), Texts.ofHeader(value, false)));
            case REQUEST_PRINCIPAL -> each(values, TokenPrincipals::of);
            case REQUEST_AUDIENCES -> List.of(claim(List.of("aud"), values));
            case REQUEST_PRESENTER -> List.of(claim(List.of("azp"), values));
            case REQUEST_CLAIM -> List.of(claim(key.names(), values));
            default -> throw new IllegalArgumentException(key + " is not about who asks");
        };
    }

    private static List<Source> each(List<String> values, java.util.function.Function<String, Source> source) {
        return values.stream().map(source).toList();
    }

    private static Source claim(List<String> path, List<String> values) {
        return new Source.Claim(path, values.stream().map(Texts::of).toList());
    }

    /** A star may stand anywhere in a namespace. */
    private static Text ofNamespace(String written) {
        String regex =
                Arrays.stream(written.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new Text.Regex(".*/ns/" + regex + "/.*");
    }

    private Text ofAccount(String written) {
        int slash = written.indexOf('/');
        String of = slash < 0 ? namespace : written.substring(0, slash);
        return new Text.Regex("spiffe://.+/ns/" + Pattern.quote(of) + "/(.+/|)sa/"
                + Pattern.quote(written.substring(slash + 1)) + "(/.+)?");
    }

    private static Text ofTrustDomain(String written) {
        if (written.equals("*")) {
            return new Text.Prefix("spiffe://", false);
        }
        int star = written.indexOf('*');
        return star < 0
                ? new Text.Prefix("spiffe://" + written + "/", false)
                : new Text.Regex("spiffe://" + Pattern.quote(written.substring(0, star)) + "[^/]*"
                        + Pattern.quote(written.substring(star + 1)) + "/.*");
    }
}
