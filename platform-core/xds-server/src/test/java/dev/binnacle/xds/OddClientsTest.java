package dev.binnacle.xds;

import static dev.binnacle.xds.DeltaClient.names;
import static dev.binnacle.xds.Samples.NODE;
import static dev.binnacle.xds.Samples.host;
import static dev.binnacle.xds.Samples.table;
import static dev.binnacle.xds.XdsType.CLUSTER;
import static dev.binnacle.xds.XdsType.ENDPOINT;
import static dev.binnacle.xds.XdsType.FILTER;
import static dev.binnacle.xds.XdsType.LISTENER;
import static dev.binnacle.xds.XdsType.ROUTE;
import static dev.binnacle.xds.XdsType.VIRTUAL_HOST;
import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.xds.ProxyResources;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients that ask in an order of their own, for too much, or for nonsense. */
class OddClientsTest {
    private static final RouteConfiguration TABLE = table("8080", host("a", "a", "a"), host("b", "b", "b"));

    private final List<DeltaClient> clients = new ArrayList<>();
    private XdsServer server;

    @BeforeEach
    void start() throws IOException {
        server = XdsServer.start("127.0.0.1", 0, "test");
        server.publish(Map.of(NODE, proxy(TABLE)));
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (var client : clients) {
            client.close();
        }
        server.close();
    }

    @Test
    void virtualHostsAskedForTooEarlyComeWithTheirTable() throws InterruptedException {
        var client = client();
        client.subscribe(VIRTUAL_HOST);
        assertThat(names(client.take(VIRTUAL_HOST))).isEmpty();

        client.subscribe(ROUTE, "8080");

        assertThat(names(client.take(ROUTE))).containsExactly("8080");
        assertThat(names(client.take(VIRTUAL_HOST))).containsExactly("8080/a", "8080/b");
    }

    @Test
    void virtualHostsOfAGoneTableStayUntilNobodyAsksForIt() throws InterruptedException {
        var client = withTable();

        server.publish(Map.of(NODE, proxy()));
        client.expectSilence();
        client.unsubscribe(ROUTE, "8080");

        assertThat(client.take(VIRTUAL_HOST).getRemovedResourcesList()).containsExactly("8080/a", "8080/b");
    }

    @Test
    void virtualHostsTakenWhileTheirTableWasRefusedComeAgain() throws InterruptedException {
        var client = client();
        client.subscribe(VIRTUAL_HOST);
        client.take(VIRTUAL_HOST);
        client.subscribe(ROUTE, "8080");
        client.nack(client.next(ROUTE), "no such table");
        client.take(VIRTUAL_HOST);

        server.publish(Map.of(
                NODE, proxy(TABLE.toBuilder().addRequestHeadersToRemove("x").build())));

        client.take(ROUTE);
        assertThat(names(client.take(VIRTUAL_HOST))).containsExactly("8080/a", "8080/b");
    }

    @Test
    void aFilterInUseIsNeverTakenAway() throws InterruptedException {
        var client = client();
        server.publish(Map.of(NODE, Samples.proxy(List.of(), List.of(Samples.filter("f", "8080")), TABLE)));
        client.subscribe(FILTER, "f");
        client.take(FILTER);

        server.publish(Map.of(NODE, proxy(TABLE)));

        client.expectSilence();
    }

    @Test
    void namesAskedForTwiceComeOnce() throws InterruptedException {
        var client = client();

        client.subscribe(ENDPOINT, "v1", "v1", "nobody", "v1");

        var response = client.take(ENDPOINT);
        assertThat(names(response)).containsExactly("v1");
        assertThat(response.getRemovedResourcesList()).containsExactly("nobody");
        client.expectSilence();
    }

    @Test
    void aStormOfSubscriptionsEndsInTheLastState() throws InterruptedException {
        var client = withTable();

        for (int i = 0; i < 500; i++) {
            client.unsubscribe(ROUTE, "8080", "never asked for");
            client.subscribe(ROUTE, "8080");
        }
        var response = client.next(ROUTE);
        client.nack(response.toBuilder().setNonce("of another").build(), "not mine");
        client.ack(response);

        // Asked for again after the first answer was on its way, the table comes once more, and its virtual hosts too.
        assertThat(names(client.take(VIRTUAL_HOST))).containsExactly("8080/a", "8080/b");
        assertThat(names(client.take(ROUTE))).containsExactly("8080");
        assertThat(server.proxies().getFirst().rejections()).isEmpty();
    }

    @Test
    void oneWhoAsksForTooMuchKeepsNobodyWaiting() throws InterruptedException {
        var greedy = client();
        greedy.subscribe(
                ENDPOINT, IntStream.range(0, 100_000).mapToObj(i -> "n" + i).toArray(String[]::new));
        greedy.unsubscribe(
                CLUSTER, IntStream.range(0, 100_000).mapToObj(i -> "n" + i).toArray(String[]::new));

        var other = client();
        other.subscribe(LISTENER);

        assertThat(names(other.take(LISTENER))).isEmpty();
        assertThat(greedy.take(ENDPOINT).getRemovedResourcesCount()).isEqualTo(100_000);
    }

    private static ProxyResources proxy(RouteConfiguration... tables) {
        return Samples.withEndpoints(
                Samples.proxy(List.of(), List.of(), tables),
                List.of(Samples.endpoints("v1", 1), Samples.endpoints("v2", 2)));
    }

    private DeltaClient withTable() throws InterruptedException {
        var client = client();
        client.subscribe(ROUTE, "8080");
        client.take(ROUTE);
        client.subscribe(VIRTUAL_HOST);
        assertThat(names(client.take(VIRTUAL_HOST))).containsExactly("8080/a", "8080/b");
        return client;
    }

    private DeltaClient client() {
        var client = new DeltaClient(server.port(), NODE);
        clients.add(client);
        return client;
    }
}
