package dev.binnacle.xds;

import dev.binnacle.mesh.xds.ProxyResources;
import io.grpc.Server;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A delta ADS server on a port of its own.
 *
 * <p>Each proxy gets what was published under its node id. A resource's version is a hash of its content, so a
 * restarted server finds that its proxies are up to date and sends them nothing. What a proxy refuses is not sent
 * again until its content changes; the proxy keeps the last good state, and {@link #proxies} names the resource and
 * the reason.
 *
 * <p>Thread-safe. All protocol state is confined to one thread, which never blocks; a proxy that does not read or
 * answer costs at most one response per type and delays no other.
 */
public final class XdsServer implements AutoCloseable {
    private static final int MAX_REQUEST_BYTES = 16 << 20;

    private final AdsLoop loop;
    private final Server server;
    private final NioEventLoopGroup network;

    private XdsServer(AdsLoop loop, Server server, NioEventLoopGroup network) {
        this.loop = loop;
        this.server = server;
        this.network = network;
    }

    /**
     * Listens on {@code host} and {@code port}; port 0 takes a free one.
     *
     * @param version the value of {@code pilot_info}'s label
     * @throws IOException when the address cannot be bound
     */
    public static XdsServer start(String host, int port, String version) throws IOException {
        var loop = new AdsLoop(new PilotMetrics(version));
        var network = new NioEventLoopGroup(1, new DefaultThreadFactory("xds-net", true));
        var server = NettyServerBuilder.forAddress(new InetSocketAddress(host, port))
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(network)
                .workerEventLoopGroup(network)
                .executor(loop.executor())
                .maxInboundMessageSize(MAX_REQUEST_BYTES)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .keepAliveTime(30, TimeUnit.SECONDS)
                .keepAliveTimeout(10, TimeUnit.SECONDS)
                .addService(new AdsService(loop))
                .build();
        var started = new XdsServer(loop, server, network);
        try {
            server.start();
        } catch (IOException e) {
            started.close();
            throw e;
        }
        return started;
    }

    /** Returns the port it listens on. */
    public int port() {
        return server.getPort();
    }

    /** Returns the server's own metrics. */
    public PilotMetrics metrics() {
        return loop.metrics();
    }

    /**
     * Replaces what the proxies should have, by node id, and starts sending the differences.
     *
     * <p>A proxy that is connected but no longer named keeps what it has. A publication ends the rollout of the one before.
     *
     * @throws IllegalArgumentException when two resources of a type and proxy share a name; nothing is changed then
     */
    public Publication publish(Map<String, ProxyResources> byNode) {
        return publish(byNode, Rollout.AT_ONCE);
    }

    /** Does the same as {@link #publish(Map)}, in the given order. */
    public Publication publish(Map<String, ProxyResources> byNode, Rollout rollout) {
        return loop.publish(byNode, rollout);
    }

    /**
     * Waits until the proxies that {@code publication} concerns have answered.
     *
     * <p>Waited for are the connected ones and those of {@code live}, which are expected to connect. Once one has
     * refused, the others get at most a second more.
     *
     * @param live node ids of running proxies; may name unaffected ones, which are reported as unchanged
     * @return an outcome for each node of {@code live} and each affected, connected one
     */
    public Map<String, Outcome> awaitAcks(Publication publication, Set<String> live, Duration timeout)
            throws InterruptedException {
        var outcomes = new HashMap<String, Outcome>(loop.await(publication, live, timeout));
        live.forEach(node -> outcomes.putIfAbsent(node, new Outcome.Unchanged()));
        return Map.copyOf(outcomes);
    }

    /** Returns every published or connected proxy, sorted by node id. */
    public List<ProxyStatus> proxies() {
        return loop.statuses();
    }

    /** Returns the node ids of the proxies that have an open stream, sorted. */
    public Collection<String> connected() {
        return loop.connected();
    }

    /** Closes all streams and the port. Safe to call twice. */
    @Override
    public void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.close();
        network.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
