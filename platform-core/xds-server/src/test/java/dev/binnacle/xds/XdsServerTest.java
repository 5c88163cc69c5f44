package dev.binnacle.xds;

import static dev.binnacle.xds.DeltaClient.names;
import static dev.binnacle.xds.Samples.NODE;
import static dev.binnacle.xds.XdsType.CLUSTER;
import static dev.binnacle.xds.XdsType.ENDPOINT;
import static dev.binnacle.xds.XdsType.LISTENER;
import static dev.binnacle.xds.XdsType.ROUTE;
import static dev.binnacle.xds.XdsType.VIRTUAL_HOST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.Status;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class XdsServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<DeltaClient> clients = new ArrayList<>();
    private XdsServer server;

    @BeforeEach
    void start() throws IOException {
        server = XdsServer.start("127.0.0.1", 0, "test");
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void servesClustersAndListenersAsAWholeAndTheRestByName() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = client();

        client.subscribe(CLUSTER);
        assertThat(names(client.take(CLUSTER))).containsExactly("v1", "v2");
        client.subscribe(ENDPOINT, "v2");
        assertThat(names(client.take(ENDPOINT))).containsExactly("v2");
        client.subscribe(LISTENER);
        assertThat(names(client.take(LISTENER))).containsExactly("in", "other");
        client.subscribe(ROUTE, "8080");
        assertThat(names(client.next(ROUTE))).containsExactly("8080");
        client.subscribe(VIRTUAL_HOST);
        assertThat(names(client.take(VIRTUAL_HOST))).containsExactly("8080/all");
        client.expectSilence();
    }

    @Test
    void aChangedWeightSendsTheOneVirtualHost() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = synced();

        var publication = server.publish(Map.of(NODE, Samples.split(50, 50)));

        assertThat(publication.changes())
                .containsOnly(Map.entry(NODE, Set.of(new ResourceId(VIRTUAL_HOST, "8080/all"))));
        assertThat(names(client.take(VIRTUAL_HOST))).containsExactly("8080/all");
        client.expectSilence();
    }

    @Test
    void theSameContentIsNotSentAgain() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = synced();

        var publication = server.publish(Map.of(NODE, Samples.split(80, 20)));

        assertThat(publication.changes()).isEmpty();
        assertThat(server.awaitAcks(publication, Set.of(NODE), PATIENCE))
                .containsOnly(Map.entry(NODE, new Outcome.Unchanged()));
        client.expectSilence();
    }

    @Test
    void aRestartedServerSendsOnlyWhatChanged() throws InterruptedException, IOException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = client();
        client.subscribe(CLUSTER);
        var clusters = held(client.take(CLUSTER));
        client.subscribe(ENDPOINT, "v1", "v2");
        var endpoints = held(client.take(ENDPOINT));
        client.subscribe(LISTENER);
        var listeners = held(client.take(LISTENER));
        client.subscribe(ROUTE, "8080", "9090");
        var routes = held(client.take(ROUTE));
        client.subscribe(VIRTUAL_HOST);
        var hosts = held(client.take(VIRTUAL_HOST));

        server.close();
        server = XdsServer.start("127.0.0.1", 0, "test");
        server.publish(Map.of(NODE, Samples.split(50, 50)));
        var again = client();
        again.resume(CLUSTER, clusters);
        again.resume(ENDPOINT, endpoints, "v1", "v2");
        again.resume(LISTENER, listeners);
        again.resume(ROUTE, routes, "8080", "9090");
        again.resume(VIRTUAL_HOST, hosts);

        assertThat(names(again.take(VIRTUAL_HOST))).containsExactly("8080/all");
        again.expectSilence();
        await().until(() -> server.proxies().getFirst().synced());
    }

    @Test
    void aReconnectLearnsWhatWentAwayMeanwhile() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = client();

        client.resume(CLUSTER, Map.of("gone", "0123456789abcdef"));
        client.resume(LISTENER, Map.of());
        assertThat(names(client.take(CLUSTER))).containsExactly("v1", "v2");
        client.take(LISTENER);
        client.subscribe(ROUTE, "8080", "9090");
        client.take(ROUTE);
        client.subscribe(VIRTUAL_HOST);
        client.take(VIRTUAL_HOST);

        assertThat(client.take(CLUSTER).getRemovedResourcesList()).containsExactly("gone");
    }

    @Test
    void newClustersComeBeforeTheRoutesThatUseThem() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = synced();

        server.publish(Map.of(
                NODE,
                Samples.proxy(
                        Samples.split(1, 1).listeners(),
                        List.of(Samples.route("8080", Map.of("v3", 1)), Samples.route("9090", Map.of("v1", 1))),
                        List.of("v1", "v2", "v3"))));

        var clusters = client.next(CLUSTER);
        assertThat(names(clusters)).containsExactly("v3");
        client.subscribe(ENDPOINT, "v3");
        assertThat(names(client.take(ENDPOINT))).containsExactly("v3");
        client.expectSilence();
        client.ack(clusters);
        assertThat(names(client.take(VIRTUAL_HOST))).containsExactly("8080/all");
    }

    @Test
    void clustersGoAfterTheRoutesThatUsedThem() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = synced();

        server.publish(Map.of(
                NODE,
                Samples.proxy(
                        Samples.split(1, 1).listeners(),
                        List.of(Samples.route("8080", Map.of("v1", 1)), Samples.route("9090", Map.of("v1", 1))),
                        List.of("v1"))));

        var hosts = client.next(VIRTUAL_HOST);
        assertThat(names(hosts)).containsExactly("8080/all");
        client.expectSilence();
        client.ack(hosts);
        assertThat(client.take(CLUSTER).getRemovedResourcesList()).containsExactly("v2");
    }

    @Test
    void aChangedClusterIsFollowedByItsEndpoints() throws InterruptedException {
        var before = Samples.split(80, 20);
        server.publish(Map.of(NODE, before));
        var client = synced();

        var slower = Samples.cluster("v1").toBuilder().setAltStatName("slow").build();
        server.publish(Map.of(NODE, Samples.withClusters(before, List.of(slower, Samples.cluster("v2")))));

        assertThat(names(client.next(CLUSTER))).containsExactly("v1");
        assertThat(names(client.next(ENDPOINT))).containsExactly("v1");
    }

    @Test
    void aRefusedResourceIsNamedAndNotSentAgain() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = synced();

        var publication = server.publish(Map.of(NODE, Samples.split(0, 0)));
        client.nack(client.next(VIRTUAL_HOST), "Sum of weights in the weighted_cluster must be greater than 0.");

        var outcome = server.awaitAcks(publication, Set.of(NODE), PATIENCE).get(NODE);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejections())
                                .singleElement()
                                .satisfies(r -> {
                                    assertThat(r.resource()).isEqualTo(new ResourceId(VIRTUAL_HOST, "8080/all"));
                                    assertThat(r.message()).startsWith("Sum of weights");
                                }));
        client.expectSilence();
        var status = server.proxies().getFirst();
        assertThat(status.synced()).isFalse();
        assertThat(status.types().get(VIRTUAL_HOST).error())
                .hasValueSatisfying(error -> assertThat(error).contains("8080").contains("Sum of weights"));
        assertThat(status.types().get(CLUSTER).acked()).isTrue();
    }

    @Test
    void goingBackAfterARefusalSettlesTheProxy() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = synced();
        server.publish(Map.of(NODE, Samples.split(0, 0)));
        client.nack(client.next(VIRTUAL_HOST), "no");
        await().until(() -> !server.proxies().getFirst().rejections().isEmpty());

        var back = server.publish(Map.of(NODE, Samples.split(80, 20)));
        client.take(VIRTUAL_HOST);

        assertThat(server.awaitAcks(back, Set.of(NODE), PATIENCE).get(NODE)).isEqualTo(new Outcome.Acked());
        assertThat(server.proxies().getFirst().synced()).isTrue();
        assertThat(server.proxies().getFirst().types().get(VIRTUAL_HOST).error())
                .isEmpty();
    }

    @Test
    void oneBadResourceAmongManyIsFoundAndTheOthersArrive() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = client();
        client.subscribe(CLUSTER);
        client.take(CLUSTER);
        client.subscribe(LISTENER);
        client.take(LISTENER);
        client.subscribe(ROUTE, "8080", "9090");
        client.nack(client.next(ROUTE), "something is wrong");

        var taken = new ArrayList<String>();
        for (int i = 0; i < 2; i++) {
            var response = client.next(ROUTE);
            assertThat(response.getResourcesCount()).isEqualTo(1);
            if (names(response).contains("9090")) {
                client.nack(response, "something is wrong");
            } else {
                taken.addAll(names(response));
                client.ack(response);
            }
        }

        assertThat(taken).containsExactly("8080");
        client.expectSilence();
        assertThat(server.proxies().getFirst().rejections())
                .extracting(r -> r.resource().name())
                .containsExactly("9090");
    }

    @Test
    void aResourceThatTheMessageNamesIsTriedAlone() throws InterruptedException {
        var names = IntStream.range(0, 8).mapToObj(i -> "outbound|80||s" + i).toList();
        server.publish(Map.of(NODE, Samples.proxy(List.of(), List.of(), names)));
        var client = client();
        client.subscribe(CLUSTER);
        client.nack(client.next(CLUSTER), "Error adding/updating cluster(s) outbound|80||s3: bad");

        assertThat(names(client.take(CLUSTER))).hasSize(7).doesNotContain("outbound|80||s3");
        var alone = client.next(CLUSTER);
        assertThat(names(alone)).containsExactly("outbound|80||s3");
        client.nack(alone, "Error adding/updating cluster(s) outbound|80||s3: bad");
        client.expectSilence();
        assertThat(server.proxies().getFirst().types().get(CLUSTER).error())
                .hasValueSatisfying(e -> assertThat(e).contains("s3"));
    }

    @Test
    void routesInUseStayWhileAClusterIsRefused() throws InterruptedException {
        var before = Samples.split(80, 20);
        server.publish(Map.of(NODE, before));
        var client = synced();

        var publication = server.publish(Map.of(
                NODE,
                Samples.proxy(
                        before.listeners(),
                        List.of(Samples.route("8080", Map.of("v3", 1)), Samples.route("9090", Map.of("v1", 1))),
                        List.of("v1", "v2", "v3"))));
        client.nack(client.next(CLUSTER), "bad v3");

        client.expectSilence();
        assertThat(server.awaitAcks(publication, Set.of(), PATIENCE).get(NODE)).isInstanceOf(Outcome.Rejected.class);
        var back = server.publish(Map.of(NODE, before));
        assertThat(client.take(CLUSTER).getRemovedResourcesList()).containsExactly("v3");
        assertThat(server.awaitAcks(back, Set.of(), PATIENCE).get(NODE)).isEqualTo(new Outcome.Acked());
    }

    @Test
    void aSilentProxyIsReportedAndHoldsUpNobody() throws InterruptedException {
        String other = NODE.replace("web-0", "web-1");
        server.publish(Map.of(NODE, Samples.split(80, 20), other, Samples.split(80, 20)));
        synced();
        var prompt = synced(other);

        var publication = server.publish(Map.of(NODE, Samples.split(50, 50), other, Samples.split(50, 50)));
        prompt.take(VIRTUAL_HOST);

        var outcomes = server.awaitAcks(publication, Set.of(), Duration.ofMillis(300));
        assertThat(outcomes.get(other)).isEqualTo(new Outcome.Acked());
        assertThat(outcomes.get(NODE))
                .isInstanceOfSatisfying(
                        Outcome.TimedOut.class,
                        late -> assertThat(late.missing()).contains("virtual-hosts", "8080/all"));
    }

    @Test
    void aProxyThatShouldBeThereIsWaitedFor() throws InterruptedException {
        var first = server.publish(Map.of(NODE, Samples.split(80, 20)));

        assertThat(server.awaitAcks(first, Set.of(NODE), Duration.ofMillis(50)).get(NODE))
                .isEqualTo(new Outcome.TimedOut("not connected"));
        assertThat(server.awaitAcks(first, Set.of(), PATIENCE)).isEmpty();

        var waiting = CompletableFuture.supplyAsync(() -> awaitAcks(first));
        synced();
        assertThat(waiting.join().get(NODE)).isEqualTo(new Outcome.Acked());
    }

    @Test
    void aSlowProxyGetsTheNewestStateAndNotTheHistory() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = synced();

        server.publish(Map.of(NODE, Samples.split(70, 30)));
        var first = client.next(VIRTUAL_HOST);
        IntStream.rangeClosed(1, 50).forEach(i -> server.publish(Map.of(NODE, Samples.split(i, 100 - i))));
        client.ack(first);

        var newest = Samples.split(50, 50).routes().getFirst().getVirtualHosts(0);
        assertThat(versionOf(client.take(VIRTUAL_HOST), "8080/all"))
                .isEqualTo(VersionedResource.of(VIRTUAL_HOST, "8080/all", newest, null)
                        .version());
        client.expectSilence();
    }

    @Test
    void aProxyThatReadsNothingGetsNoFurtherBytes() throws Exception {
        var big = Samples.proxy(
                List.of(),
                List.of(),
                IntStream.range(0, 20_000).mapToObj(i -> "c" + i).toList());
        server.publish(Map.of(NODE, big));
        var stuck = new DeltaClient(server.port(), NODE, 1);
        clients.add(stuck);
        stuck.subscribe(CLUSTER);
        stuck.ack(stuck.next(CLUSTER));
        stuck.subscribe(
                ENDPOINT, IntStream.range(0, 20_000).mapToObj(i -> "c" + i).toArray(String[]::new));
        await().until(() -> pushes("eds") == 1);

        IntStream.range(0, 20).forEach(i -> server.publish(Map.of(NODE, Samples.split(i, 1))));

        assertThat(pushes("eds")).isEqualTo(1);
        var other = synced("sidecar~127.16.16.9~other.default~default.svc.cluster.local", Samples.split(1, 1));
        other.expectSilence();
    }

    @Test
    void endpointsNobodyKnowsAreAnsweredAsAbsentAndArriveLater() throws InterruptedException {
        var before = Samples.split(80, 20);
        server.publish(Map.of(NODE, Samples.withEndpoints(before, List.of())));
        var client = client();
        client.subscribe(ENDPOINT, "v1");
        assertThat(client.take(ENDPOINT).getRemovedResourcesList()).containsExactly("v1");

        server.publish(Map.of(NODE, before));

        assertThat(names(client.take(ENDPOINT))).containsExactly("v1");
    }

    @Test
    void askingAgainGetsTheResourceAgain() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = synced();

        client.unsubscribe(ROUTE, "8080");
        client.subscribe(ROUTE, "8080");
        assertThat(names(client.take(ROUTE))).containsExactly("8080");
        assertThat(names(client.take(VIRTUAL_HOST)))
                .as("a new table has no virtual hosts")
                .containsExactly("8080/all");
        client.subscribe(ROUTE, "8080");
        assertThat(names(client.take(ROUTE))).containsExactly("8080");
    }

    @Test
    void anEmptyFirstAnswerLetsAProxyStart() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.proxy(List.of(), List.of(), List.of())));
        var client = client();

        client.subscribe(CLUSTER);
        assertThat(client.take(CLUSTER).getResourcesList()).isEmpty();
        client.subscribe(LISTENER);
        assertThat(client.take(LISTENER).getResourcesList()).isEmpty();
        await().until(() -> server.proxies().getFirst().synced());
    }

    @Test
    void aProxyThatComesFirstWaitsForThePublication() throws InterruptedException {
        var client = client();
        client.subscribe(CLUSTER);
        await().until(() -> server.connected().contains(NODE));

        server.publish(Map.of(NODE, Samples.split(80, 20)));

        assertThat(names(client.take(CLUSTER))).containsExactly("v1", "v2");
    }

    @Test
    void anAnswerToAnEarlierResponseIsCountedAndIgnored() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = client();
        client.subscribe(CLUSTER);
        var response = client.next(CLUSTER);
        client.ack(response.toBuilder().setNonce("nonsense").build());
        client.ack(response);

        client.expectSilence();
        assertThat(server.metrics().render()).contains("pilot_xds_expired_nonce{type=\"cds\"} 1\n");
    }

    @Test
    void aStreamWithoutNodeIsRefused() throws InterruptedException {
        var client = new DeltaClient(server.port(), "");
        clients.add(client);
        client.subscribe(CLUSTER);

        assertThat(Status.fromThrowable(client.failure()).getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }

    @Test
    void twoResourcesOfOneNameAreAProgrammersMistakeAndChangeNothing() {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        List<Cluster> twice = List.of(Samples.cluster("v1"), Samples.cluster("v1"));

        assertThatThrownBy(() -> server.publish(Map.of(NODE, Samples.withClusters(Samples.split(1, 1), twice))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("v1");
        assertThat(server.publish(Map.of(NODE, Samples.split(80, 20))).changes())
                .isEmpty();
    }

    @Test
    void aTakenPortIsAnIoException() {
        assertThatThrownBy(() -> XdsServer.start("127.0.0.1", server.port(), "test"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void disconnectedProxiesAreShown() throws InterruptedException {
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = synced();
        assertThat(server.proxies().getFirst().connected()).isTrue();

        client.close();

        await().untilAsserted(() -> {
            var status = server.proxies().getFirst();
            assertThat(status.connected()).isFalse();
            assertThat(status.synced()).isFalse();
        });
    }

    @Test
    void metricsCarryIstiodsNames() throws InterruptedException {
        server.metrics().registry(7, 3);
        server.publish(Map.of(NODE, Samples.split(80, 20)));
        var client = synced();
        server.publish(Map.of(NODE, Samples.split(0, 0)));
        client.nack(client.next(VIRTUAL_HOST), "no");
        client.expectSilence();
        server.publish(Map.of(NODE, Samples.split(1, 1)));
        client.take(VIRTUAL_HOST);
        await().until(() -> server.proxies().getFirst().synced());

        assertThat(server.metrics().render())
                .contains("# TYPE pilot_xds gauge\npilot_xds{version=\"0.0.0\"} 1\n")
                .contains("# TYPE pilot_xds_pushes counter\npilot_xds_pushes{type=\"cds\"} 1\n")
                .contains("pilot_xds_pushes{type=\"vhds\"} 3\n")
                .contains("# TYPE pilot_total_xds_rejects counter\npilot_total_xds_rejects{type=\"vhds\"} 1\n")
                .contains("# TYPE pilot_proxy_convergence_time histogram\n")
                .contains("pilot_proxy_convergence_time_bucket{le=\"0.1\"}")
                .contains("pilot_proxy_convergence_time_bucket{le=\"30\"}")
                .contains("pilot_proxy_convergence_time_bucket{le=\"+Inf\"}")
                .contains("pilot_xds_push_time_bucket{type=\"vhds\",le=\"0.01\"}")
                .contains("pilot_services 7\n")
                .contains("pilot_virt_services 3\n")
                .contains("pilot_info{version=\"test\"} 1\n");
    }

    private double pushes(String type) {
        String name = "pilot_xds_pushes{type=\"" + type + "\"} ";
        return server.metrics()
                .render()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                .sum();
    }

    private Map<String, Outcome> awaitAcks(Publication publication) {
        try {
            return server.awaitAcks(publication, Set.of(NODE), PATIENCE);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private DeltaClient client() {
        var client = new DeltaClient(server.port(), NODE);
        clients.add(client);
        return client;
    }

    private DeltaClient synced() throws InterruptedException {
        return synced(NODE);
    }

    private DeltaClient synced(String node, dev.binnacle.mesh.xds.ProxyResources resources)
            throws InterruptedException {
        server.publish(Map.of(node, resources));
        return synced(node);
    }

    /** Returns a client of the sample with two clusters that has acknowledged everything. */
    private DeltaClient synced(String node) throws InterruptedException {
        var client = new DeltaClient(server.port(), node);
        clients.add(client);
        client.subscribe(CLUSTER);
        client.take(CLUSTER);
        client.subscribe(ENDPOINT, "v1", "v2");
        client.take(ENDPOINT);
        client.subscribe(LISTENER);
        client.take(LISTENER);
        client.subscribe(ROUTE, "8080", "9090");
        client.take(ROUTE);
        client.subscribe(VIRTUAL_HOST);
        client.take(VIRTUAL_HOST);
        await().until(() -> server.proxies().stream().anyMatch(p -> p.nodeId().equals(node) && p.synced()));
        return client;
    }

    private static Map<String, String> held(DeltaDiscoveryResponse response) {
        return response.getResourcesList().stream().collect(Collectors.toMap(Resource::getName, Resource::getVersion));
    }

    private static String versionOf(DeltaDiscoveryResponse response, String name) {
        return held(response).get(name);
    }
}
