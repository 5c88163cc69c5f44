package dev.binnacle.plugin.collector.otlp;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Intake;
import dev.binnacle.spi.collect.Receiver;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** {@code collector-otlp}: two servers on one thread, which never waits, and one that passes on, which does. */
final class OtlpReceiver implements Receiver {
    private final String host;
    private final int grpcPort;
    private final int httpPort;
    private final Limits limits;
    private final Desks desks;
    private final Logger log;
    private final Deque<Runnable> open = new ArrayDeque<>();
    private int boundGrpcPort;
    private int boundHttpPort;

    OtlpReceiver(String host, int grpcPort, int httpPort, Limits limits, Desks desks, Logger log) {
        this.host = host;
        this.grpcPort = grpcPort;
        this.httpPort = httpPort;
        this.limits = limits;
        this.desks = desks;
        this.log = log;
    }

    @Override
    public synchronized void start(Intake intake) throws CollectionException, InterruptedException {
        var forwarder = desks.forwarder();
        forwarder.ifPresent(each -> {
            each.start();
            open.push(each::close);
        });
        var desk = desks.desk(intake, forwarder);
        var network = new NioEventLoopGroup(1, new DefaultThreadFactory("otlp", true));
        open.push(() -> network.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2, TimeUnit.SECONDS));
        try {
            var grpc = GrpcEndpoint.open(new InetSocketAddress(host, grpcPort), network, limits, desk);
            open.push(grpc::close);
            boundGrpcPort = grpc.port();
            var http = HttpEndpoint.open(new InetSocketAddress(host, httpPort), network, limits, desk);
            open.push(http::close);
            boundHttpPort = http.port();
        } catch (IOException e) {
            close();
            throw new CollectionException(FailureKind.TRANSIENT, String.valueOf(e.getMessage()), e);
        }
        log.log(Level.INFO, "OTLP is taken host={0} grpc={1,number,#} http={2,number,#}", host, grpcPort(), httpPort());
    }

    /** Returns the port for gRPC while it runs. */
    synchronized int grpcPort() {
        return boundGrpcPort;
    }

    /** Returns the port for HTTP while it runs. */
    synchronized int httpPort() {
        return boundHttpPort;
    }

    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            open.pop().run();
        }
    }
}
