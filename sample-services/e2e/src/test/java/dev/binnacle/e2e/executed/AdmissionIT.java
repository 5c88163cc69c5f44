package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in: by gateways, and by sidecars that ask for mutual TLS. */
@ExtendWith(ExecutedMesh.class)
class AdmissionIT {
    @Test
    @Executes("Gateway spec.servers[].tls.httpsRedirect")
    void aGatewaySendsPlainRequestsToHttps(Case mesh) {
        mesh.apply("""
                kind: Gateway
                metadata: {name: secure}
                spec:
                  selector: {istio: ingressgateway}
                  servers:
                  - {hosts: [secure.example.org], port: {number: 80, name: http, protocol: HTTP}, tls: {httpsRedirect: true}}
                ---
                kind: VirtualService
                metadata: {name: secure}
                spec:
                  hosts: [secure.example.org]
                  gateways: [secure]
                  http: [{route: [{destination: {host: echo, port: {number: 8080}}}]}]
                """);

        mesh.fromOutside("secure.example.org")
                .send("GET /shop?page=2")
                .is(301)
                .has("location", "https://secure.example.org/shop?page=2");
        mesh.counted("1x istio-ingressgateway > unknown unknown 301 -");
    }

    @Test
    @Executes("Gateway spec.{selector,servers[].hosts}")
    void aGatewayKnowsItsHostsOnly(Case mesh) {
        mesh.apply("""
                kind: Gateway
                metadata: {name: storefront}
                spec:
                  selector: {istio: ingressgateway}
                  servers: [{hosts: ["*.example.org"], port: {number: 80, name: http, protocol: HTTP}}]
                ---
                kind: VirtualService
                metadata: {name: storefront}
                spec:
                  hosts: [a.example.org, a.example.com]
                  gateways: [storefront]
                  http: [{route: [{destination: {host: echo, subset: v1, port: {number: 8080}}}]}]
                """);

        mesh.fromOutside("a.example.org").send("GET /").by("echo-v1");
        mesh.fromOutside("a.example.com").send("GET /").is(404);
        mesh.fromOutside("b.example.org").send("GET /").is(404);
        mesh.counted("1x istio-ingressgateway > echo v1 200 -", "2x istio-ingressgateway > unknown unknown 404 NR");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # mtls                                                             | with a certificate | without one
            mtls: {mode: STRICT}                                               | mutual_tls         | 0
            mtls: {mode: PERMISSIVE}                                           | mutual_tls         | 200
            mtls: {mode: DISABLE}                                              | none               | 200
            mtls: {mode: UNSET}                                                | mutual_tls         | 200
            mtls: {mode: DISABLE}, portLevelMtls: {8080: {mode: STRICT}}       | mutual_tls         | 0
            mtls: {mode: STRICT}, portLevelMtls: {8080: {mode: DISABLE}}       | none               | 200
            """)
    @Executes("PeerAuthentication spec.{selector.matchLabels,mtls.mode,portLevelMtls.*.mode}")
    void aSidecarAsksForCertificatesOrDoesNot(String mtls, String secured, int withoutOne, Case mesh) {
        mesh.apply("""
                kind: PeerAuthentication
                metadata: {name: echo}
                spec: {selector: {matchLabels: {app: echo}}, %s}
                ---
                # As in Istio a connection of before lives on for a while; here none does.
                kind: DestinationRule
                metadata: {name: echo}
                spec: {host: echo, trafficPolicy: {connectionPool: {http: {maxRequestsPerConnection: 1}}}}
                """.formatted(mtls));

        mesh.send("GET /").is(200);
        mesh.secured("1x " + secured);
        assertThat(mesh.statusWithoutSidecar("echo-v1", 8080)).isEqualTo(withoutOne);
    }

    @Test
    @Executes("PeerAuthentication spec.mtls.mode")
    void connectionsOfBeforeAChangeEndWithTheirNextAnswer(Case mesh) {
        mesh.policy("loadBalancer: {simple: ROUND_ROBIN}");
        mesh.send("GET /").is(200);
        mesh.send("GET /").is(200);
        mesh.apply("""
                kind: PeerAuthentication
                metadata: {name: echo}
                spec: {selector: {matchLabels: {app: echo}}, mtls: {mode: DISABLE}}
                """);

        for (int i = 0; i < 6; i++) {
            mesh.send("GET /").is(200);
        }
        mesh.secured("4x mutual_tls", "4x none");
    }
}
