package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where connections go that sidecars do not look into, or of which they see no more than the name that is asked for. */
@ExtendWith(ExecutedMesh.class)
class ConnectionRoutesIT {
    private static final String CONDITIONS = "match[].{destinationSubnets,port,sourceLabels,sourceNamespace,gateways}";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            port: 9000                              | echo-v2 9001
            port: 9001                              | echo-v1 9000
            destinationSubnets: [127.0.0.0/8]       | echo-v2 9001
            destinationSubnets: [10.0.0.0/8]        | echo-v1 9000
            sourceLabels: {app: caller}             | echo-v2 9001
            sourceLabels: {app: stranger}           | echo-v1 9000
            sourceNamespace: default                | echo-v2 9001
            sourceNamespace: elsewhere              | echo-v1 9000
            gateways: [mesh]                        | echo-v2 9001
            """)
    @Executes({
        "VirtualService spec.tcp[]." + CONDITIONS,
        "VirtualService spec.tcp[].route[].destination.{host,subset,port.number}"
    })
    void aConditionOnAConnectionDecides(String condition, String expected, Case mesh) throws IOException {
        mesh.apply("""
                kind: VirtualService
                metadata: {name: echo}
                spec:
                  hosts: [echo]
                  tcp:
                  - match: [{%s}]
                    route: [{destination: {host: echo, subset: v2, port: {number: 9001}}}]
                  - route: [{destination: {host: echo, subset: v1, port: {number: 9000}}}]
                """.formatted(condition));

        assertThat(mesh.from("caller").to("echo.default", 9000).greeting()).isEqualTo(expected + "\n");
        mesh.connected("1x caller > echo %s -".formatted(expected.substring(5, 7)));
    }

    @Test
    @Executes("VirtualService spec.tcp[].route[].weight")
    void connectionsAreSplit(Case mesh) throws IOException {
        mesh.apply("""
                kind: VirtualService
                metadata: {name: echo}
                spec:
                  hosts: [echo]
                  tcp:
                  - route:
                    - {destination: {host: echo, subset: v1, port: {number: 9000}}, weight: 30}
                    - {destination: {host: echo, subset: v2, port: {number: 9000}}, weight: 10}
                """);

        int toV2 = 0;
        for (int i = 0; i < 80; i++) {
            toV2 += mesh.from("caller").to("echo.default", 9000).greeting().startsWith("echo-v2") ? 1 : 0;
        }
        assertThat(toV2).isBetween(5, 38);
        mesh.connected((80 - toV2) + "x caller > echo v1 -", toV2 + "x caller > echo v2 -");
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # condition beside the name             | name that is asked for | answers
            port: 9443                              | echo.example.org       | echo-v2 9001
            port: 9443                              | other.example.org      | echo-v1 9443
            port: 9001                              | echo.example.org       | echo-v1 9443
            destinationSubnets: [127.0.0.0/8]       | echo.example.org       | echo-v2 9001
            destinationSubnets: [10.0.0.0/8]        | echo.example.org       | echo-v1 9443
            sourceLabels: {app: caller}             | echo.example.org       | echo-v2 9001
            sourceLabels: {app: stranger}           | echo.example.org       | echo-v1 9443
            sourceNamespace: default                | echo.example.org       | echo-v2 9001
            sourceNamespace: elsewhere              | echo.example.org       | echo-v1 9443
            gateways: [mesh]                        | echo.example.org       | echo-v2 9001
            """)
    @Executes({
        "VirtualService spec.tls[]." + CONDITIONS,
        "VirtualService spec.tls[].{match[].sniHosts,route[].destination.host,route[].destination.subset,route[].destination.port.number}"
    })
    void theNameInAHandshakeDecides(String condition, String name, String expected, Case mesh) throws IOException {
        // To Envoy addresses count more than names, so the rule that is left says where as well.
        String others = condition.startsWith("destinationSubnets") ? "destinationSubnets: [127.0.0.0/8]" : "port: 9443";
        mesh.apply("""
                kind: VirtualService
                metadata: {name: echo}
                spec:
                  hosts: [echo, "*.example.org"]
                  tls:
                  - match: [{sniHosts: [echo.example.org], %s}]
                    route: [{destination: {host: echo, subset: v2, port: {number: 9001}}}]
                  - match: [{sniHosts: ["*.example.org"], %s}]
                    route: [{destination: {host: echo, subset: v1, port: {number: 9443}}}]
                """.formatted(condition, others));

        assertThat(mesh.from("caller").to("echo.default", 9443).greeting(name)).isEqualTo(expected + "\n");
        mesh.connected("1x caller > echo %s -".formatted(expected.substring(5, 7)));
    }

    @Test
    @Executes("VirtualService spec.tls[].route[].weight")
    void handshakesAreSplit(Case mesh) throws IOException {
        mesh.apply("""
                kind: VirtualService
                metadata: {name: echo}
                spec:
                  hosts: [echo, echo.example.org]
                  tls:
                  - match: [{sniHosts: [echo.example.org]}]
                    route:
                    - {destination: {host: echo, subset: v1, port: {number: 9443}}, weight: 50}
                    - {destination: {host: echo, subset: v2, port: {number: 9443}}, weight: 50}
                """);

        int toV2 = 0;
        for (int i = 0; i < 40; i++) {
            toV2 += mesh.from("caller")
                            .to("echo.default", 9443)
                            .greeting("echo.example.org")
                            .startsWith("echo-v2")
                    ? 1
                    : 0;
        }
        assertThat(toV2).isBetween(7, 33);
        mesh.connected((40 - toV2) + "x caller > echo v1 -", toV2 + "x caller > echo v2 -");
    }

    @Test
    @Executes({"VirtualService spec.tcp[].match[].gateways", "Gateway spec.servers[].port.protocol"})
    void connectionsComeInByAGateway(Case mesh) throws IOException {
        mesh.apply("""
                kind: Gateway
                metadata: {name: tcp}
                spec:
                  selector: {istio: ingressgateway}
                  servers: [{hosts: ["*"], port: {number: 443, name: tcp, protocol: TCP}}]
                ---
                kind: VirtualService
                metadata: {name: tcp}
                spec:
                  hosts: ["*"]
                  gateways: [tcp]
                  tcp:
                  - match: [{gateways: [tcp], port: 443}]
                    route: [{destination: {host: echo, subset: v2, port: {number: 9000}}}]
                """);

        assertThat(mesh.fromOutsideAtSecondPort().greeting()).isEqualTo("echo-v2 9000\n");
        mesh.connected("1x istio-ingressgateway > echo v2 -");
    }
}
