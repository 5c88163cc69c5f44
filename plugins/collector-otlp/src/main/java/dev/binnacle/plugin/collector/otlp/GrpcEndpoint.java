package dev.binnacle.plugin.collector.otlp;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** OTLP over gRPC. Messages stay bytes until the {@link Desk} reads them, so that it can say what is wrong with them. */
final class GrpcEndpoint {
    private static final int CALLS_PER_CONNECTION = 100;
    private static final int IDLE_MINUTES = 5;

    private final Server server;

    private GrpcEndpoint(Server server) {
        this.server = server;
    }

    static GrpcEndpoint open(InetSocketAddress address, NioEventLoopGroup network, Limits limits, Desk desk)
            throws IOException {
        var builder = NettyServerBuilder.forAddress(address)
                .channelType(NioServerSocketChannel.class)
                .bossEventLoopGroup(network)
                .workerEventLoopGroup(network)
                .directExecutor()
                .maxInboundMessageSize(limits.requestBytes())
                .maxConcurrentCallsPerConnection(CALLS_PER_CONNECTION)
                .maxConnectionIdle(IDLE_MINUTES, TimeUnit.MINUTES)
                .permitKeepAliveTime(5, TimeUnit.SECONDS)
                .permitKeepAliveWithoutCalls(true)
                .addStreamTracerFactory(tooLarge(limits, desk));
        for (var signal : Signal.values()) {
            builder.addService(service(signal, network, limits, desk));
        }
        return new GrpcEndpoint(builder.build().start());
    }

    int port() {
        return server.getPort();
    }

    void close() {
        server.shutdownNow();
        try {
            server.awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static ServerServiceDefinition service(Signal signal, NioEventLoopGroup network, Limits limits, Desk desk) {
        var method = MethodDescriptor.<GrpcBody, byte[]>newBuilder()
                .setType(MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(signal.service(), "Export"))
                .setRequestMarshaller(GrpcBody.REQUEST)
                .setResponseMarshaller(GrpcBody.RESPONSE)
                .build();
        return ServerServiceDefinition.builder(signal.service())
                .addMethod(method, (call, headers) -> admit(call, signal, network, limits, desk))
                .build();
    }

    private static ServerCall.Listener<GrpcBody> admit(
            ServerCall<GrpcBody, byte[]> call, Signal signal, NioEventLoopGroup network, Limits limits, Desk desk) {
        var exchange = new GrpcExchange(call, signal, limits.requests(), desk);
        if (limits.requests().tryAcquire()) {
            exchange.begin(network, limits.patience());
        } else {
            exchange.refuse(Refusal.BUSY, "too many requests at once");
        }
        return exchange;
    }

    /** Counts messages that are too large to be looked at: gRPC itself refuses them, and tells nobody else. */
    private static ServerStreamTracer.Factory tooLarge(Limits limits, Desk desk) {
        return new ServerStreamTracer.Factory() {
            @Override
            public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
                return new ServerStreamTracer() {
                    @Override
                    public void streamClosed(Status status) {
                        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                                && status.getDescription() != null
                                && !status.getDescription().equals(GrpcExchange.TOO_LARGE)) {
                            desk.refuse(Refusal.TOO_LARGE, "more than " + limits.requestBytes() + " bytes");
                        }
                    }
                };
            }
        };
    }
}
