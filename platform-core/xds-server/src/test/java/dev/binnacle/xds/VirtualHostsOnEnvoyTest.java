package dev.binnacle.xds;

import static dev.binnacle.xds.RealEnvoy.ask;
import static dev.binnacle.xds.Samples.filter;
import static dev.binnacle.xds.Samples.host;
import static dev.binnacle.xds.Samples.listener;
import static dev.binnacle.xds.Samples.listenerWithFilter;
import static dev.binnacle.xds.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.mesh.xds.ProxyResources;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Virtual hosts and shared filters as Envoy takes them. Give the binary with {@code -Dbinnacle.envoy=PATH}. */
@EnabledIfSystemProperty(named = "binnacle.envoy", matches = ".+")
class VirtualHostsOnEnvoyTest {
    private static final String NODE = Samples.NODE;
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Outcome ACKED = new Outcome.Acked();

    private @TempDir Path folder;
    private XdsServer server;
    private RealEnvoy envoy;
    private int port;
    private int second;

    @BeforeEach
    void start() throws IOException {
        port = RealEnvoy.freePort();
        second = RealEnvoy.freePort();
        server = XdsServer.start("127.0.0.1", 0, "test");
        envoy = RealEnvoy.start(folder, NODE, server.port());
    }

    @AfterEach
    void stop() throws InterruptedException {
        envoy.close();
        server.close();
    }

    @Test
    void oneVirtualHostChangesAloneAndOneGoes() throws Exception {
        publish(one(table("8080", host("a", "a1", "a"), host("b", "b1", "b"))));
        assertThat(ask(port, "a")).isEqualTo("200 a1");
        double before = pushes();

        var changed = publish(one(table("8080", host("a", "a2", "a"), host("b", "b1", "b"))));

        assertThat(changed).containsExactly(new ResourceId(XdsType.VIRTUAL_HOST, "8080/a"));
        assertThat(pushes() - before).as("responses").isEqualTo(1);
        assertThat(ask(port, "a")).isEqualTo("200 a2");
        publish(one(table("8080", host("a", "a2", "a"))));
        assertThat(ask(port, "b")).startsWith("404");
        assertThat(ask(port, "a")).isEqualTo("200 a2");
    }

    @Test
    void aDomainMovesFromOneVirtualHostToAnother() throws Exception {
        publish(one(table("8080", host("a", "from a", "a", "moving"), host("b", "from b", "b"))));

        publish(one(table("8080", host("a", "from a", "a"), host("b", "from b", "b", "moving"))));
        assertThat(ask(port, "moving")).isEqualTo("200 from b");

        publish(one(table("8080", host("c", "from c", "moving", "b"))));
        assertThat(ask(port, "moving")).isEqualTo("200 from c");
    }

    @Test
    void anyNameWillDo() throws Exception {
        publish(one(table(
                "https.443.x",
                host("*.example.com:80", "wild", "*.example.com"),
                host("allow_any a/b", "slash", "slash"),
                host("a%2Fb", "percent", "percent"))));

        assertThat(ask(port, "www.example.com")).isEqualTo("200 wild");
        assertThat(ask(port, "slash")).isEqualTo("200 slash");
        assertThat(ask(port, "percent")).isEqualTo("200 percent");
        publish(one(table("https.443.x", host("a%2Fb", "percent", "percent"))));
        assertThat(ask(port, "slash")).startsWith("404");
    }

    @Test
    void aTableComesLaterGoesAndComesAgain() throws Exception {
        var first = table("8080", host("a", "first", "*"));
        var later = table("9090", host("a", "later", "*"));
        var both = Samples.proxy(
                List.of(listener("in", port, "8080"), listener("more", second, "9090")), List.of(), first, later);
        publish(one(first));

        for (int i = 0; i < 3; i++) {
            publish(both);
            assertThat(ask(second, "x")).isEqualTo("200 later");
            publish(one(first));
            await().atMost(PATIENCE).until(() -> !ask(second, "x").startsWith("200"));
            assertThat(ask(port, "x")).isEqualTo("200 first");
        }
    }

    @Test
    void aTableMayBeEmptyForAWhile() throws Exception {
        publish(one(table("8080")));
        assertThat(ask(port, "a")).startsWith("404");

        publish(one(table("8080", host("a", "here", "a"))));
        assertThat(ask(port, "a")).isEqualTo("200 here");
        publish(one(table("8080")));
        assertThat(ask(port, "a")).startsWith("404");
        publish(one(table("8080", host("b", "again", "b"))));
        assertThat(ask(port, "a")).startsWith("404");
        assertThat(ask(port, "b")).isEqualTo("200 again");
    }

    @Test
    void aTableItselfMayChange() throws Exception {
        var table = table("8080", host("a", "here", "a"));
        publish(one(table));

        var changed = publish(one(table.toBuilder()
                .addRequestHeadersToRemove("x-nothing")
                .addVirtualHosts(host("b", "too", "b"))
                .build()));

        assertThat(changed).hasSize(2);
        assertThat(ask(port, "a")).isEqualTo("200 here");
        assertThat(ask(port, "b")).isEqualTo("200 too");
    }

    @Test
    void aRefusedVirtualHostIsNamedAndTriedAgainWhenAnotherMakesRoom() throws Exception {
        publish(one(table("8080", host("a", "a", "a", "wanted"), host("b", "b", "b"))));

        var outcome = outcome(
                one(table("8080", host("a", "a", "a", "wanted"), host("b", "b", "b", "wanted"), host("c", "c", "c"))));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.rejections())
                                .extracting(Rejection::resource)
                                .containsExactly(new ResourceId(XdsType.VIRTUAL_HOST, "8080/b")));
        assertThat(ask(port, "wanted")).isEqualTo("200 a");
        assertThat(ask(port, "b")).isEqualTo("200 b");
        assertThat(ask(port, "c")).isEqualTo("200 c");

        publish(one(table("8080", host("a", "a", "a"), host("b", "b", "b", "wanted"), host("c", "c", "c"))));
        await().atMost(PATIENCE).until(() -> server.proxies().getFirst().synced());
        assertThat(ask(port, "wanted")).isEqualTo("200 b");
    }

    @Test
    void aRestartedServerSendsNothingAndGoesOn() throws Exception {
        var tables =
                List.of(table("8080", host("a", "a1", "a"), host("b", "b1", "b")), table("9090", host("a", "x", "a")));
        publish(filtered(tables.getFirst(), tables.getLast()));
        int xdsPort = server.port();

        server.close();
        server = XdsServer.start("127.0.0.1", xdsPort, "test");
        server.publish(Map.of(NODE, filtered(tables.getFirst(), tables.getLast())));

        await().atMost(PATIENCE).until(() -> server.proxies().getFirst().synced());
        assertThat(server.metrics().render())
                .doesNotContain("pushes{type=\"lds", "pushes{type=\"ecds", "pushes{type=\"rds", "pushes{type=\"vhds");
        publish(filtered(table("8080", host("b", "b2", "b")), tables.getLast()));
        assertThat(ask(port, "a")).startsWith("404");
        assertThat(ask(port, "b")).isEqualTo("200 b2");
        assertThat(ask(second, "a")).isEqualTo("200 x");
    }

    @Test
    void listenersShareAFilterThatChangesForAll() throws Exception {
        var listeners = List.of(listenerWithFilter("in", port, "shared"), listenerWithFilter("more", second, "shared"));
        var table = table("8080", host("a", "here", "*"));
        var filter = filter("shared", "8080");
        publish(Samples.proxy(listeners, List.of(filter, filter("unused", "nowhere")), table));
        assertThat(List.of(ask(port, "x"), ask(second, "x"))).containsOnly("200 here");

        // What a filter of one name is must stay for the same table: a running listener asks for no other.
        var changed = publish(Samples.proxy(listeners, List.of(filter("shared", "8080", "changed")), table));
        assertThat(changed).contains(new ResourceId(XdsType.FILTER, "shared"));
        assertThat(List.of(ask(port, "x"), ask(second, "x"))).containsOnly("200 here");

        publish(Samples.proxy(listeners, List.of(filter), table("8080", host("a", "there", "*"))));
        assertThat(List.of(ask(port, "x"), ask(second, "x"))).containsOnly("200 there");
    }

    private ProxyResources filtered(RouteConfiguration first, RouteConfiguration other) {
        return Samples.proxy(
                List.of(listenerWithFilter("in", port, "outbound-8080"), listener("more", second, "9090")),
                List.of(filter("outbound-8080", "8080")),
                first,
                other);
    }

    /** One listener for one table. */
    private ProxyResources one(RouteConfiguration table) {
        return Samples.proxy(List.of(listener("in", port, table.getName())), List.of(), table);
    }

    private Set<ResourceId> publish(ProxyResources resources) throws InterruptedException {
        var publication = server.publish(Map.of(NODE, resources));
        assertThat(server.awaitAcks(publication, Set.of(NODE), PATIENCE).get(NODE))
                .isEqualTo(ACKED);
        return publication.changes().get(NODE);
    }

    private Outcome outcome(ProxyResources resources) throws InterruptedException {
        return server.awaitAcks(server.publish(Map.of(NODE, resources)), Set.of(NODE), PATIENCE)
                .get(NODE);
    }

    private double pushes() {
        return server.metrics()
                .render()
                .lines()
                .filter(line -> line.startsWith("pilot_xds_pushes{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
