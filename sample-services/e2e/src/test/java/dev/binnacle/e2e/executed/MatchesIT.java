package dev.binnacle.e2e.executed;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which rule of a VirtualService a request follows. */
@ExtendWith(ExecutedMesh.class)
class MatchesIT {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # condition                                  | follows it                  | does not
            uri: {exact: /items}                         | GET /items?page=2           | GET /items/1
            uri: {prefix: /items}                        | GET /items/1                | GET /Items/1
            uri: {regex: '/items/[0-9]+'}                | GET /items/12               | GET /items/12x
            {uri: {exact: /items}, ignoreUriCase: true}  | GET /ITems                  | GET /ITems/1
            {uri: {prefix: /it}, ignoreUriCase: true}    | GET /ITems                  | GET /thing
            scheme: {exact: http}                        | GET /                       |
            scheme: {prefix: https}                      |                             | GET /
            scheme: {regex: 'https?'}                    | GET /                       |
            method: {exact: DELETE}                      | DELETE /                    | GET /
            method: {prefix: P}                          | PUT /                       | GET /
            method: {regex: '[GH]E.*'}                   | HEAD /                      | DELETE /
            headers: {x-user: {exact: anna}}             | GET / x-user: anna          | GET / x-user: Anna
            headers: {x-user: {prefix: an}}              | GET / x-user: anna          | GET / x-user: nan
            headers: {x-user: {regex: 'a.*a'}}           | GET / x-user: anna          | GET / x-user: annas
            headers: {x-user: {}}                        | GET / x-user: anybody       | GET /
            headers: {cookie: {regex: '.*user=anna.*'}}  | GET / cookie: a=b;user=anna | GET / cookie: a=b
            withoutHeaders: {x-user: {exact: anna}}      | GET / x-user: ben           | GET / x-user: anna
            withoutHeaders: {x-user: {prefix: an}}       | GET / x-user: ben           | GET / x-user: anna
            withoutHeaders: {x-user: {regex: 'a.*a'}}    | GET / x-user: annas         | GET / x-user: anna
            withoutHeaders: {x-user: {}}                 | GET /                       | GET / x-user: anna
            queryParams: {page: {exact: '2'}}            | GET /?a=b&page=2            | GET /?page=22
            queryParams: {page: {prefix: '2'}}           | GET /?page=22               | GET /?page=12
            queryParams: {page: {regex: '[0-9]+'}}       | GET /?page=12               | GET /?page=x
            port: 8080                                   | GET /                       |
            port: 8081                                   |                             | GET /
            sourceLabels: {app: caller}                  | GET /                       |
            sourceLabels: {app: caller, version: v2}     |                             | GET /
            sourceNamespace: default                     | GET /                       |
            sourceNamespace: elsewhere                   |                             | GET /
            gateways: [mesh]                             | GET /                       |
            """)
    @Executes({
        "VirtualService spec.hosts",
        "VirtualService spec.http[].match[].{uri,scheme,method,headers.*,withoutHeaders.*,queryParams.*}.{exact,prefix,regex}",
        "VirtualService spec.http[].match[].{name,ignoreUriCase,port,sourceLabels,sourceNamespace,gateways}",
        "VirtualService spec.http[].name",
        "VirtualService spec.http[].route[].destination.{host,subset}"
    })
    void aConditionDecides(String condition, @Nullable String follows, @Nullable String doesNot, Case mesh) {
        String match = condition.startsWith("{") ? condition.substring(1, condition.length() - 1) : condition;
        mesh.rules("""
                - name: conditional
                  match: [{name: case, %s}]
                  route: [{destination: {host: echo, subset: v2}}]
                - route: [{destination: {host: echo, subset: v1}}]
                """.formatted(match));

        if (follows != null) {
            mesh.send(follows).is(200).has("answered-by", "echo-v2");
            mesh.counted("1x caller > echo v2 200 -");
        }
        if (doesNot != null) {
            mesh.send(doesNot).is(200).has("answered-by", "echo-v1");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # condition                        | follows it        | does not
            exact: 'echo.default:8080'         | echo.default:8080 | echo:8080
            prefix: echo.default.svc           | echo.default.svc  | echo.default
            regex: 'echo\\.default(:[0-9]+)?'  | echo.default      | echo
            """)
    @Executes("VirtualService spec.http[].match[].authority.{exact,prefix,regex}")
    void theHostThatIsAskedForDecides(String condition, String follows, String doesNot, Case mesh) {
        mesh.rules("""
                - match: [{authority: {%s}}]
                  route: [{destination: {host: echo, subset: v2}}]
                - route: [{destination: {host: echo, subset: v1}}]
                """.formatted(condition));

        mesh.from("caller").as(follows).send("GET /").by("echo-v2");
        mesh.from("caller").as(doesNot).send("GET /").by("echo-v1");
        mesh.counted("1x caller > echo v2 200 -", "1x caller > echo v1 200 -");
    }

    @Test
    @Executes("VirtualService spec.http[].match[].{sourceNamespace,sourceLabels,port}")
    void eachCallerHasTheRulesForItsNamespaceLabelsAndPort(Case mesh) {
        mesh.rules("""
                - match:
                  - {sourceNamespace: elsewhere, sourceLabels: {app: stranger}}
                  - {port: 8081}
                  route: [{destination: {host: echo, subset: v2}}]
                - route: [{destination: {host: echo, subset: v1}}]
                """);

        mesh.send("GET /").by("echo-v1");
        mesh.from("caller").to("echo", 8081).send("GET /").by("echo-v2", 8081);
        mesh.from("stranger").to("echo.default", 8080).send("GET /").by("echo-v2", 8080);
        mesh.counted("1x caller > echo v1 200 -", "1x caller > echo v2 200 -", "1x stranger > echo v2 200 -");
    }

    @Test
    @Executes({
        "VirtualService spec.gateways",
        "VirtualService spec.http[].match[].gateways",
        "Gateway spec.{selector,servers[].hosts,servers[].name,servers[].port.number,servers[].port.name,servers[].port.protocol}"
    })
    void oneVirtualServiceHasRulesForAGatewayAndForTheMesh(Case mesh) {
        mesh.apply("""
                kind: Gateway
                metadata: {name: echo}
                spec:
                  selector: {istio: ingressgateway}
                  servers: [{name: echo, hosts: [echo.example.org], port: {number: 80, name: http, protocol: HTTP}}]
                ---
                kind: VirtualService
                metadata: {name: echo}
                spec:
                  hosts: [echo.example.org, echo]
                  gateways: [echo, mesh]
                  http:
                  - match: [{gateways: [echo]}]
                    route: [{destination: {host: echo, subset: v2, port: {number: 8080}}}]
                  - route: [{destination: {host: echo, subset: v1, port: {number: 8080}}}]
                """);

        mesh.fromOutside("echo.example.org").send("GET /").by("echo-v2");
        mesh.send("GET /").by("echo-v1");
        mesh.counted("1x istio-ingressgateway > echo v2 200 -", "1x caller > echo v1 200 -");
        mesh.received("1x istio-ingressgateway > echo v2 200 -", "1x caller > echo v1 200 -");
    }

    @Test
    @Executes("VirtualService spec.exportTo")
    void callersOfOtherNamespacesDoNotSeeWhatIsNotExported(Case mesh) {
        mesh.apply("""
                kind: VirtualService
                metadata: {name: echo}
                spec:
                  hosts: [echo]
                  exportTo: ["."]
                  http: [{directResponse: {status: 418}}]
                """);

        mesh.send("GET /").is(418);
        mesh.from("stranger").to("echo.default", 8080).send("GET /").is(200);
    }

    @Test
    @Executes("VirtualService spec.http[].delegate.{name,namespace}")
    void anotherVirtualServiceDecidesWhatIsDelegatedToIt(Case mesh) {
        mesh.apply("""
                kind: VirtualService
                metadata: {name: echo}
                spec:
                  hosts: [echo]
                  http:
                  - match: [{uri: {prefix: /shop}}]
                    delegate: {name: shop, namespace: elsewhere}
                  - route: [{destination: {host: echo, subset: v1}}]
                ---
                kind: VirtualService
                metadata: {name: shop, namespace: elsewhere}
                spec:
                  http:
                  - match: [{uri: {prefix: /shop/new}}]
                    route: [{destination: {host: echo.default.svc.cluster.local, subset: v2}}]
                """);

        mesh.send("GET /shop/new/1").by("echo-v2");
        mesh.send("GET /shop/old").by("echo-v1");
        mesh.counted("1x caller > echo v2 200 -", "1x caller > echo v1 200 -");
    }
}
