package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Hosts that ServiceEntries and WorkloadEntries define, and who sees which host. */
@ExtendWith(ExecutedMesh.class)
class HostsIT {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            resolution: STATIC, endpoints: [{address: $outside}]
            resolution: DNS, endpoints: [{address: other.outside.test}]
            resolution: DNS_ROUND_ROBIN, endpoints: [{address: other.outside.test}]
            resolution: DNS
            resolution: NONE
            """)
    @Executes(
            "ServiceEntry spec.{hosts,resolution,endpoints[].address,location,ports[].number,ports[].name,ports[].protocol}")
    void aHostOutsideIsFoundAndHasItsNameInMetrics(String where, Case mesh) {
        mesh.apply("""
                kind: ServiceEntry
                metadata: {name: api}
                spec:
                  hosts: [api.outside.test]
                  ports: [{number: 8080, name: http, protocol: HTTP}]
                  location: MESH_EXTERNAL
                  %s
                """.formatted(mesh.fill(where).replaceFirst(", ", "\n  ")));

        mesh.from("caller")
                .to("api.outside.test", 8080)
                .send("GET /")
                .by("outside")
                .saw("host", "api.outside.test:8080");
        mesh.counted("1x caller > api.outside.test unknown 200 -");
    }

    @Test
    @Executes("ServiceEntry spec.{hosts,resolution}")
    void aWholeDomainHasOneNameInMetrics(Case mesh) {
        mesh.apply("""
                kind: ServiceEntry
                metadata: {name: domain}
                spec:
                  hosts: ["*.outside.test"]
                  ports: [{number: 8080, name: http, protocol: HTTP}]
                  resolution: NONE
                """);

        mesh.from("caller").byProxyPort("some.outside.test:8080").send("GET /").by("outside");
        mesh.counted("1x caller > *.outside.test unknown 200 -");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            ports: [{number: 8080, name: http, protocol: HTTP, targetPort: 8081}]                          | {address: $outside}
            ports: [{number: 8080, name: http, protocol: HTTP}]                                            | {address: $outside, ports: {http: 8081}}
            """)
    @Executes("ServiceEntry spec.{ports[].targetPort,endpoints[].ports}")
    void thePortMayBeAnotherThanTheOneThatIsCalled(String ports, String endpoint, Case mesh) {
        mesh.apply("""
                kind: ServiceEntry
                metadata: {name: api}
                spec:
                  hosts: [api.outside.test]
                  %s
                  resolution: STATIC
                  endpoints: [%s]
                """.formatted(ports, mesh.fill(endpoint)));

        mesh.from("caller").to("api.outside.test", 8080).send("GET /").by("outside", 8081);
    }

    @ParameterizedTest
    @CsvSource({"TCP", "TLS", "HTTPS"})
    @Executes("ServiceEntry spec.ports[].protocol")
    void whatSidecarsDoNotUnderstandTheyCarry(String protocol, Case mesh) throws IOException {
        mesh.apply("""
                kind: ServiceEntry
                metadata: {name: api}
                spec:
                  hosts: [api.outside.test]
                  ports: [{number: 9443, name: main, protocol: %s}]
                  resolution: STATIC
                  endpoints: [{address: %s}]
                """.formatted(protocol, mesh.address("outside")));

        assertThat(mesh.from("caller").to("api.outside.test", 9443).greeting("api.outside.test"))
                .isEqualTo("outside 9443\n");
        mesh.connected("1x caller > api.outside.test unknown -");
    }

    @Test
    @Executes("ServiceEntry spec.endpoints[].{weight,labels}")
    void endpointsHaveWeightsAndTheLabelsOfSubsets(Case mesh) {
        mesh.apply(mesh.fill("""
                kind: ServiceEntry
                metadata: {name: api}
                spec:
                  hosts: [api.outside.test]
                  ports: [{number: 8080, name: http, protocol: HTTP}]
                  resolution: STATIC
                  endpoints:
                  - {address: $outside, weight: 1, labels: {size: small}}
                  - {address: $outside, weight: 3, labels: {size: large}, ports: {http: 8081}}
                ---
                kind: DestinationRule
                metadata: {name: api}
                spec: {host: api.outside.test, subsets: [{name: small, labels: {size: small}}]}
                ---
                kind: VirtualService
                metadata: {name: api}
                spec:
                  hosts: [api.outside.test]
                  http:
                  - match: [{uri: {prefix: /small}}]
                    route: [{destination: {host: api.outside.test, subset: small}}]
                  - route: [{destination: {host: api.outside.test}}]
                """));
        var api = mesh.from("caller").to("api.outside.test", 8080);

        var large = IntStream.range(0, 40)
                .filter(i -> api.send("GET /").header("at-port").orElse("").equals("8081"))
                .count();
        assertThat(large).isBetween(21L, 39L);
        for (int i = 0; i < 5; i++) {
            api.send("GET /small").by("outside", 8080);
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            serviceAccount: echo    |                                                               | 200
            serviceAccount: nobody  |                                                               | 503
            weight: 1               | subjectAltNames: ['spiffe://cluster.local/ns/default/sa/echo']   | 200
            weight: 1               | subjectAltNames: ['spiffe://cluster.local/ns/default/sa/nobody'] | 503
            """)
    @Executes("ServiceEntry spec.{location,endpoints[].serviceAccount,subjectAltNames}")
    void aHostInsideOfTheMeshMustProveWhoItIs(String endpoint, @Nullable String names, int status, Case mesh) {
        mesh.apply(mesh.fill("""
                kind: ServiceEntry
                metadata: {name: legacy}
                spec:
                  hosts: [legacy.inside.test]
                  ports: [{number: 8080, name: http, protocol: HTTP}]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  %s
                  endpoints: [{address: $echo-v1, labels: {security.istio.io/tlsMode: istio}, %s}]
                """.formatted(names == null ? "" : names, endpoint)));

        assertThat(mesh.from("caller")
                        .to("legacy.inside.test", 8080)
                        .send("GET /")
                        .status())
                .isEqualTo(status);
        if (status == 200) {
            mesh.secured("1x mutual_tls");
        }
    }

    @Test
    @Executes({
        "ServiceEntry spec.workloadSelector.labels",
        "WorkloadEntry spec.{address,ports,labels,weight,serviceAccount}"
    })
    void workloadsAreChosenByLabelsPodsAsWellAsEntries(Case mesh) {
        mesh.apply(mesh.fill("""
                kind: ServiceEntry
                metadata: {name: chosen}
                spec:
                  hosts: [chosen.inside.test]
                  ports: [{number: 8080, name: http, protocol: HTTP}]
                  location: MESH_INTERNAL
                  resolution: STATIC
                  workloadSelector: {labels: {chosen: 'yes'}}
                ---
                kind: WorkloadEntry
                metadata: {name: machine}
                spec: {address: $echo-v1, ports: {http: 8081}, labels: {chosen: 'yes', app: machine}, weight: 3, serviceAccount: echo}
                ---
                kind: WorkloadEntry
                metadata: {name: other}
                spec: {address: $outside, ports: {http: 8080}, labels: {chosen: 'no'}}
                """));
        var chosen = mesh.from("caller").to("chosen.inside.test", 8080);

        var machine = IntStream.range(0, 40)
                .mapToObj(i -> chosen.send("GET /"))
                .filter(reply -> reply.answeredBy().equals("echo-v1"))
                .map(reply -> reply.has("at-port", "8081"))
                .count();
        // Three quarters.
        assertThat(machine).isBetween(21L, 39L);
        // A machine with an account is expected to prove it.
        mesh.secured("40x mutual_tls");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"endpoints", "entries"})
    @Executes({"ServiceEntry spec.endpoints[].locality", "WorkloadEntry spec.locality"})
    void whatIsNoPodHasAPlaceToo(String written, Case mesh) {
        mesh.apply(mesh.fill("""
                kind: DestinationRule
                metadata: {name: placed}
                spec:
                  host: placed.outside.test
                  trafficPolicy: {loadBalancer: {localityLbSetting: {distribute: [{from: eu/*, to: {us/z1: 100}}]}}}
                ---
                kind: ServiceEntry
                metadata: {name: placed}
                spec:
                  hosts: [placed.outside.test]
                  ports: [{number: 8080, name: http, protocol: HTTP}]
                  resolution: STATIC
                """ + (written.equals("endpoints") ? """
                                  endpoints:
                                  - {address: $outside, ports: {http: 8080}, locality: eu/z1}
                                  - {address: $outside, ports: {http: 8081}, locality: us/z1}
                                """ : """
                                  workloadSelector: {labels: {placed: 'yes'}}
                                ---
                                kind: WorkloadEntry
                                metadata: {name: near}
                                spec: {address: $outside, ports: {http: 8080}, labels: {placed: 'yes'}, locality: eu/z1}
                                ---
                                kind: WorkloadEntry
                                metadata: {name: far}
                                spec: {address: $outside, ports: {http: 8081}, labels: {placed: 'yes'}, locality: us/z1}
                                """)));
        var placed = mesh.from("caller").to("placed.outside.test", 8080);

        for (int i = 0; i < 6; i++) {
            placed.send("GET /").by("outside", 8081);
        }
    }

    @Test
    @Executes("ServiceEntry spec.exportTo")
    void otherNamespacesDoNotSeeAHostThatIsNotExported(Case mesh) {
        mesh.apply("""
                kind: ServiceEntry
                metadata: {name: api}
                spec:
                  hosts: [api.outside.test]
                  exportTo: ["."]
                  ports: [{number: 80, name: http, protocol: HTTP}]
                  resolution: DNS
                """);

        mesh.from("caller").byProxyPort("api.outside.test").send("GET /").by("outside");
        mesh.from("stranger").byProxyPort("api.outside.test").send("GET /").by("outside");
        mesh.counted("1x caller > api.outside.test unknown 200 -", "1x stranger > PassthroughCluster unknown 200 -");
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ./*                              | ALLOW_ANY     | 200 | caller > echo v1 200 -
            ./echo.default.svc.cluster.local | REGISTRY_ONLY | 200 | caller > echo v1 200 -
            istio-system/*                   | REGISTRY_ONLY | 502 | caller > BlackHoleCluster unknown 502 -
            """)
    @Executes("Sidecar spec.{workloadSelector.labels,egress[].hosts,outboundTrafficPolicy.mode}")
    void aSidecarSeesSomeHostsOnly(String hosts, String mode, int status, String counted, Case mesh) {
        mesh.apply("""
                kind: Sidecar
                metadata: {name: caller}
                spec:
                  workloadSelector: {labels: {app: caller}}
                  egress: [{hosts: ["%s"]}]
                  outboundTrafficPolicy: {mode: %s}
                ---
                kind: VirtualService
                metadata: {name: echo}
                spec: {hosts: [echo], http: [{route: [{destination: {host: echo, subset: v1}}]}]}
                """.formatted(hosts, mode));

        mesh.from("caller").byProxyPort("echo.default:8080").send("GET /").is(status);
        mesh.from("stranger").byProxyPort("echo.default:8080").send("GET /").by("echo-v1");
        mesh.counted("1x " + counted, "1x stranger > echo v1 200 -");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            outboundTrafficPolicy: {mode: REGISTRY_ONLY} | 502 | caller > BlackHoleCluster unknown 502 -
            outboundTrafficPolicy: {mode: ALLOW_ANY}     | 200 | caller > PassthroughCluster unknown 200 -
            """)
    @Executes("MeshConfig outboundTrafficPolicy.mode")
    void theMeshForbidsUnknownHostsOrDoesNot(String config, int status, String counted, Case mesh) {
        mesh.config(config);

        mesh.from("caller").byProxyPort("nowhere.outside.test").send("GET /").is(status);
        mesh.counted("1x " + counted);
    }

    @Test
    @Executes("MeshConfig defaultServiceExportTo")
    void servicesAreForTheirNamespaceWhereTheMeshSaysSo(Case mesh) {
        mesh.config("""
                outboundTrafficPolicy: {mode: REGISTRY_ONLY}
                defaultServiceExportTo: ["."]
                """);

        mesh.from("caller").byProxyPort("echo.default:8080").send("GET /").is(200);
        mesh.from("stranger").byProxyPort("echo.default:8080").send("GET /").is(502);
    }

    @Test
    @Executes("MeshConfig defaultVirtualServiceExportTo")
    void virtualServicesAreForTheirNamespaceWhereTheMeshSaysSo(Case mesh) {
        mesh.config("defaultVirtualServiceExportTo: ['.']");
        mesh.rules("- directResponse: {status: 418}");

        mesh.send("GET /").is(418);
        mesh.from("stranger").send("GET /").is(200);
    }

    @ParameterizedTest
    @CsvSource({"true,mutual_tls", "false,none"})
    @Executes("MeshConfig enableAutoMtls")
    void sidecarsSpeakMutualTlsByThemselvesOrDoNot(boolean auto, String security, Case mesh) {
        mesh.config("enableAutoMtls: " + auto);

        mesh.send("GET /").is(200);
        mesh.secured("1x " + security);
    }
}
