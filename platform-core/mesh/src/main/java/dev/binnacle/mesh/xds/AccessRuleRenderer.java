package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.access.AccessRule;
import dev.binnacle.mesh.ir.access.Operation;
import dev.binnacle.mesh.ir.access.Requirement;
import dev.binnacle.mesh.ir.access.Source;
import dev.binnacle.mesh.ir.access.Text;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.extensions.path.match.uri_template.v3.UriTemplateMatchConfig;
import io.envoyproxy.envoy.type.matcher.v3.PathMatcher;
import java.util.List;
import java.util.stream.Stream;

/** Renders a rule as a policy of Envoy's: operations are its permissions, sources its principals. */
final class AccessRuleRenderer {
    private static final Permission ANYTHING =
            Permission.newBuilder().setAny(true).build();
    private static final Principal ANYBODY = Principal.newBuilder().setAny(true).build();

    private AccessRuleRenderer() {}

    static Policy render(AccessRule rule) {
        if (rule.isNever()) {
            return Policy.newBuilder()
                    .addPermissions(Permission.newBuilder().setNotRule(ANYTHING))
                    .addPrincipals(Principal.newBuilder().setNotId(ANYBODY))
                    .build();
        }
        var result = Policy.newBuilder();
        rule.operations().forEach(all -> result.addPermissions(permission(all)));
        rule.sources().forEach(all -> result.addPrincipals(principal(all)));
        return result.build();
    }

    private static Permission permission(List<Requirement<Operation>> all) {
        var set = Permission.Set.newBuilder();
        all.forEach(requirement -> set.addRules(permission(requirement)));
        return Permission.newBuilder()
                .setAndRules(all.isEmpty() ? set.addRules(ANYTHING) : set)
                .build();
    }

    private static Permission permission(Requirement<Operation> requirement) {
        var set = Permission.Set.newBuilder();
        requirement.anyOf().forEach(one -> set.addRules(permission(one)));
        var any = Permission.newBuilder().setOrRules(set).build();
        return requirement.inverted() ? Permission.newBuilder().setNotRule(any).build() : any;
    }

    private static Permission permission(Operation operation) {
        var result = Permission.newBuilder();
        switch (operation) {
            case Operation.Address(String block) -> result.setDestinationIp(Protos.range(block));
            case Operation.Port(int port) -> result.setDestinationPort(port);
            case Operation.ServerName(Text name) -> result.setRequestedServerName(TextRenderer.string(name));
            case Operation.Header(String header, Text value) -> result.setHeader(TextRenderer.header(header, value));
            case Operation.Path(Text path) ->
                result.setUrlPath(PathMatcher.newBuilder().setPath(TextRenderer.string(path)));
            case Operation.PathTemplate(String template) ->
                result.setUriTemplate(TypedExtensionConfig.newBuilder()
                        .setName("uri-template")
                        .setTypedConfig(Protos.any(UriTemplateMatchConfig.newBuilder()
                                .setPathTemplate(template)
                                .build())));
        }
        return result.build();
    }

    private static Principal principal(List<Requirement<Source>> all) {
        var set = Principal.Set.newBuilder();
        all.forEach(requirement -> set.addIds(principal(requirement)));
        return Principal.newBuilder()
                .setAndIds(all.isEmpty() ? set.addIds(ANYBODY) : set)
                .build();
    }

    private static Principal principal(Requirement<Source> requirement) {
        var any = oneOf(requirement.anyOf());
        return requirement.inverted() ? Principal.newBuilder().setNotId(any).build() : any;
    }

    /** What is read from a token stands for itself when it is alone, as Istio writes it. */
    private static Principal oneOf(List<Source> sources) {
        var first = sources.getFirst();
        if (sources.size() == 1 && (first instanceof Source.Claim || first instanceof Source.Principal)) {
            return principal(first);
        }
        var set = Principal.Set.newBuilder();
        sources.forEach(source -> set.addIds(principal(source)));
        return Principal.newBuilder().setOrIds(set).build();
    }

    private static Principal principal(Source source) {
        var result = Principal.newBuilder();
        switch (source) {
            case Source.Peer(Text identity) ->
                result.setAuthenticated(
                        Principal.Authenticated.newBuilder().setPrincipalName(TextRenderer.string(identity)));
            case Source.Address(String block) -> result.setDirectRemoteIp(Protos.range(block));
            case Source.ClientAddress(String block) -> result.setRemoteIp(Protos.range(block));
            case Source.Header(String header, Text value) -> result.setHeader(TextRenderer.header(header, value));
            case Source.Claim(List<String> path, List<Text> anyOf) ->
                result.setMetadata(TokenRenderer.claim(path, anyOf));
            case Source.Principal(Text issuer, Text subject) ->
                result.setAndIds(Principal.Set.newBuilder()
                        .addAllIds(Stream.of(TokenRenderer.claim("iss", issuer), TokenRenderer.claim("sub", subject))
                                .map(claim -> Principal.newBuilder()
                                        .setMetadata(claim)
                                        .build())
                                .toList()));
        }
        return result.build();
    }
}
