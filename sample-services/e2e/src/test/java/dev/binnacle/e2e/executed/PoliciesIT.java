package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** AuthorizationPolicies: who may do what. */
@ExtendWith(ExecutedMesh.class)
class PoliciesIT {
    private static final String DENIED = "RBAC: access denied";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # rule                                                                        | may pass                          | may not
            from: [{source: {principals: [cluster.local/ns/default/sa/default]}}]         | GET /                             | stranger GET /
            from: [{source: {principals: ["*/sa/default"], notPrincipals: ["cluster.local/ns/elsewhere/*"]}}] | GET / | stranger GET /
            from: [{source: {serviceAccounts: [default]}}]                                | GET /                             | stranger GET /
            from: [{source: {serviceAccounts: [elsewhere/default], notServiceAccounts: [default/default]}}] | stranger GET / | GET /
            from: [{source: {trustDomains: ["cluster.*"], namespaces: ["def*"]}}]         | GET /                             | stranger GET /
            from: [{source: {notTrustDomains: [cluster.local]}}, {source: {notNamespaces: [elsewhere]}}] | GET /              | stranger GET /
            from: [{source: {ipBlocks: [$caller]}}]                                       | GET /                             | stranger GET /
            from: [{source: {notIpBlocks: [$stranger/32, 10.0.0.0/8]}}]                   | GET /                             | stranger GET /
            from: [{source: {remoteIpBlocks: [10.9.0.0/16], notRemoteIpBlocks: [10.9.9.8]}}] | GET / x-forwarded-for: 10.9.9.9 | GET / x-forwarded-for: 10.9.9.8
            to: [{operation: {hosts: ["ECHO.default*"]}}]                                 | GET /                             | :8081 GET /
            to: [{operation: {hosts: ["*:8080", "*:8081"], notHosts: ["echo:8081"]}}]     | GET /                             | :8081 GET /
            to: [{operation: {methods: [GET, "P*T"]}}]                                    | GET /                             | POST /
            to: [{operation: {notMethods: ["P*"]}}]                                       | DELETE /                          | PUT /
            to: [{operation: {paths: [/a, "/b/*"]}}]                                      | GET /b/c?d=e                      | GET /a/b
            to: [{operation: {paths: ["/a/{*}/c/{**}"], notPaths: ["*.css"]}}]            | GET /a/b/c/d/e                    | GET /a/b/c/d.css
            to: [{operation: {ports: ["8080"]}}]                                          | GET /                             | :8081 GET /
            to: [{operation: {notPorts: ["8081"]}}]                                       | GET /                             | :8081 GET /
            when: [{key: "request.headers[x-role]", values: [admin, "dev*"]}]             | GET / x-role: developer           | GET / x-role: guest
            when: [{key: "request.headers[X-Role]", notValues: ["*"]}]                    | GET /                             | GET / x-role: guest
            when: [{key: source.ip, values: [$caller]}]                                   | GET /                             | stranger GET /
            when: [{key: remote.ip, notValues: [10.9.9.9]}]                               | GET /                             | GET / x-forwarded-for: 10.9.9.9
            when: [{key: source.namespace, values: [default]}]                            | GET /                             | stranger GET /
            when: [{key: source.principal, notValues: ["*/ns/elsewhere/sa/default"]}]     | GET /                             | stranger GET /
            when: [{key: source.serviceAccount, values: [default/default]}]               | GET /                             | stranger GET /
            when: [{key: source.trustDomain, values: [cluster.local]}, {key: source.namespace, notValues: ["else*"]}] | GET / | stranger GET /
            when: [{key: destination.ip, values: [127.0.0.0/8]}, {key: destination.port, notValues: ["8081"]}] | GET /        | :8081 GET /
            when: [{key: connection.sni, values: ["outbound_.8080_*"]}]                   | GET /                             | :8081 GET /
            """)
    @Executes({
        "AuthorizationPolicy spec.{selector.matchLabels,action}",
        "AuthorizationPolicy spec.rules[].from[].source.{principals,notPrincipals,serviceAccounts,notServiceAccounts,trustDomains,notTrustDomains,namespaces,notNamespaces,ipBlocks,notIpBlocks,remoteIpBlocks,notRemoteIpBlocks}",
        "AuthorizationPolicy spec.rules[].to[].operation.{hosts,notHosts,methods,notMethods,paths,notPaths,ports,notPorts}",
        "AuthorizationPolicy spec.rules[].when[].{key,values,notValues}"
    })
    void onlyWhatARuleAllowsPasses(String rule, String passes, String refused, Case mesh) {
        mesh.noConnectionIsKept();
        mesh.apply(mesh.fill(policy("ALLOW", rule)));

        send(passes, mesh).is(200);
        send(refused, mesh).is(403).says(DENIED);
    }

    private static String policy(String action, String rule) {
        return """
                kind: AuthorizationPolicy
                metadata: {name: echo}
                spec:
                  selector: {matchLabels: {app: echo}}
                  action: %s
                  rules: [{%s}]
                """.formatted(action, rule);
    }

    private static Reply send(String line, Case mesh) {
        var caller = mesh.from(line.startsWith("stranger ") ? "stranger" : "caller");
        var to = line.startsWith(":8081 ") ? caller.to("echo", 8081) : caller;
        return to.send(line.replaceFirst("^(stranger|:8081) ", ""));
    }

    @Test
    @Executes("AuthorizationPolicy spec.action")
    void whatIsDeniedIsCountedOnBothSides(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.apply(policy("DENY", "to: [{operation: {paths: [\"/admin*\"], ports: [\"8080\"]}}]"));

        mesh.send("GET /admin/users only: echo-v1").is(403).says(DENIED).has("answered-by", null);
        mesh.send("GET /items").is(200);
        assertThat(mesh.counted().entrySet())
                .anySatisfy(e -> assertThat(e.getKey()).endsWith(" 403 -"))
                .anySatisfy(e -> assertThat(e.getKey()).endsWith(" 200 -"));
    }

    @Test
    @Executes("AuthorizationPolicy spec")
    void aPolicyThatSaysNothingAllowsNothing(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.apply("kind: AuthorizationPolicy\nmetadata: {name: nothing}\nspec: {}\n");

        mesh.send("GET /").is(403).says(DENIED);
    }

    @Test
    void whatIsDeniedIsDeniedWhateverIsAllowed(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.apply(policy("ALLOW", "to: [{operation: {methods: [GET]}}]"));
        mesh.apply("""
                kind: AuthorizationPolicy
                metadata: {name: mesh-wide, namespace: istio-system}
                spec: {action: DENY, rules: [{to: [{operation: {paths: [/secret], ports: ["8080"]}}]}]}
                """);

        mesh.send("GET /").is(200);
        mesh.send("GET /secret").is(403);
        mesh.send("POST /").is(403);
    }

    @Test
    void whatIsTriedInDryRunDecidesNothing(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.apply("""
                kind: AuthorizationPolicy
                metadata: {name: echo, annotations: {istio.io/dry-run: "true"}}
                spec: {action: DENY, rules: [{}]}
                """);

        mesh.send("GET /").is(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/admin",
                "/./admin",
                "/x/../admin",
                "/%61dmin",
                "/admi%6E",
                "/x/%2e%2e/admin",
                "/x/%2E./admin",
                "\\admin",
                "/x\\..\\admin",
                "/admin?x=/y",
                "/admin#x",
                "/./././admin"
            })
    void aPathIsWhatItMeansHoweverItIsWritten(String path, Case mesh) {
        mesh.noConnectionIsKept();
        mesh.apply(policy("DENY", "to: [{operation: {paths: [/admin], ports: [\"8080\"]}}]"));

        mesh.send("GET " + path).is(path.matches("/.*#.*|[^/].*") ? 400 : 403);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            NONE                     | /x/../admin     | 200
            BASE                     | /x/../admin     | 403
            BASE                     | /x//admin       | 200
            MERGE_SLASHES            | /x//admin       | 403
            MERGE_SLASHES            | /x//..//admin   | 403
            MERGE_SLASHES            | /x/..%2fadmin   | 200
            DECODE_AND_MERGE_SLASHES | /x/..%2fadmin   | 403
            DECODE_AND_MERGE_SLASHES | /%5cadmin       | 403
            DEFAULT                  | /Admin          | 200
            DEFAULT                  | /admin;x=1      | 200
            DEFAULT                  | /admin/         | 200
            """)
    @Executes("MeshConfig pathNormalization.normalization")
    void theMeshSaysHowFarPathsAreNormalised(String mode, String path, int status, Case mesh) {
        mesh.noConnectionIsKept();
        mesh.config("pathNormalization: {normalization: " + mode + "}\n");
        mesh.apply(policy("DENY", "to: [{operation: {paths: [/admin, /x/admin], ports: [\"8080\"]}}]"));

        mesh.send("GET " + path).is(status);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # action | rule                                                                  | caller | stranger
            ALLOW    | from: [{source: {namespaces: [default]}}]                             | 200    | 0
            ALLOW    | to: [{operation: {methods: [GET]}}]                                   | 0      | 0
            DENY     | from: [{source: {namespaces: [elsewhere]}}]                           | 200    | 0
            DENY     | to: [{operation: {methods: [PUT]}}]                                   | 0      | 0
            DENY     | to: [{operation: {methods: [PUT], ports: ["8080"]}}]                  | 200    | 200
            """)
    void connectionsAreLetInOrEnd(String action, String rule, int caller, int stranger, Case mesh) {
        mesh.noConnectionIsKept();
        mesh.apply(policy(action, rule));

        assertThat(overTcp("caller", mesh)).isEqualTo(caller);
        assertThat(overTcp("stranger", mesh)).isEqualTo(stranger);
    }

    /** HTTP that the proxies take for bytes; 0 when the connection ends. */
    private static int overTcp(String workload, Case mesh) {
        try (var wire = mesh.from(workload).to("echo.default", 8082).connect()) {
            return wire.send("GET", "/", Map.of("host", "echo", "connection", "close"))
                    .status();
        } catch (IOException ended) {
            return 0;
        }
    }

    @Test
    void aGatewayRefusesBeforeItRoutes(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.apply("""
                kind: Gateway
                metadata: {name: guarded}
                spec:
                  selector: {istio: ingressgateway}
                  servers: [{hosts: [guarded.example.org], port: {number: 80, name: http, protocol: HTTP}}]
                ---
                kind: VirtualService
                metadata: {name: guarded}
                spec:
                  hosts: [guarded.example.org]
                  gateways: [guarded]
                  http: [{route: [{destination: {host: echo, subset: v1, port: {number: 8080}}}]}]
                ---
                kind: AuthorizationPolicy
                metadata: {name: guarded, namespace: istio-system}
                spec:
                  selector: {matchLabels: {istio: ingressgateway}}
                  action: DENY
                  rules: [{to: [{operation: {hosts: ["guarded.example.org", "guarded.example.org:*"], notPaths: [/open]}}]}]
                """);

        mesh.fromOutside("guarded.example.org").send("GET /open").by("echo-v1");
        mesh.fromOutside("guarded.example.org").send("GET /").is(403).says(DENIED);
        mesh.fromOutside("guarded.example.org:80").send("GET /").is(403);
        mesh.fromOutside("GUARDED.example.org").send("GET /").is(403);
        mesh.fromOutside("guarded.example.org.").send("GET /open").has("answered-by", null);
        assertThat(mesh.fromOutside("guarded.example.org")
                        .send("GET /open x-forwarded-client-cert: By=me;URI=spiffe://cluster.local/ns/a/sa/b")
                        .body())
                .contains("URI=spiffe://cluster.local/ns/istio-system/")
                .doesNotContain("ns/a/sa/b");
    }

    @Test
    void whoIsCallingCannotBeClaimedByHeaders(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.apply(policy("ALLOW", "from: [{source: {namespaces: [default]}}]"));
        mesh.rules("- route: [{destination: {host: echo, subset: v1, port: {number: 8080}}}]");

        String forged = "x-forwarded-client-cert: URI=spiffe://cluster.local/ns/default/sa/default; "
                + "x-mesh-peer-workload: caller; x-mesh-peer-namespace: default; x-envoy-original-path: /";
        mesh.from("stranger").send("GET / " + forged).is(403);
        mesh.received("1x stranger > echo v1 403 -");
    }

    @Test
    @Executes("MeshConfig trustDomainAliases")
    void otherTrustDomainsMayMeanTheSameMesh(Case mesh) {
        mesh.noConnectionIsKept();
        mesh.config("trustDomainAliases: [old.example.org]\n");
        mesh.apply(policy("ALLOW", "from: [{source: {principals: [old.example.org/ns/default/sa/default]}}]"));

        mesh.send("GET /").is(200);
        mesh.from("stranger").send("GET /").is(403);
    }
}
