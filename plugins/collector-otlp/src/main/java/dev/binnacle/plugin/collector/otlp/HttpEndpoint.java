package dev.binnacle.plugin.collector.otlp;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpServerExpectContinueHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** OTLP over HTTP. */
final class HttpEndpoint {
    private static final int IDLE_SECONDS = 300;
    private static final int MAX_CONNECTIONS = 1_000;

    private final Channel server;
    private final ChannelGroup connections;

    private HttpEndpoint(Channel server, ChannelGroup connections) {
        this.server = server;
        this.connections = connections;
    }

    static HttpEndpoint open(InetSocketAddress address, NioEventLoopGroup network, Limits limits, Desk desk)
            throws IOException, InterruptedException {
        var connections = new DefaultChannelGroup(network.next());
        var bound = new ServerBootstrap()
                .group(network)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel connection) {
                        if (connections.size() >= MAX_CONNECTIONS) {
                            var unused = connection.close();
                            return;
                        }
                        connections.add(connection);
                        connection
                                .pipeline()
                                .addLast(new IdleStateHandler(0, 0, IDLE_SECONDS, TimeUnit.SECONDS))
                                .addLast(new HttpServerCodec())
                                .addLast(new HttpServerExpectContinueHandler())
                                .addLast(new HttpExchange(limits, desk));
                    }
                })
                .bind(address)
                .await();
        if (!bound.isSuccess()) {
            throw new IOException(
                    "cannot listen on " + address.getHostString() + ":" + address.getPort(), bound.cause());
        }
        return new HttpEndpoint(bound.channel(), connections);
    }

    int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    void close() {
        server.close().awaitUninterruptibly();
        connections.close().awaitUninterruptibly(2, TimeUnit.SECONDS);
    }
}
