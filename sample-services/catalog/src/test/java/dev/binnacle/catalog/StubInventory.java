package dev.binnacle.catalog;

import dev.binnacle.inventory.v1.InventoryGrpc;
import dev.binnacle.inventory.v1.PutBackReply;
import dev.binnacle.inventory.v1.PutBackRequest;
import dev.binnacle.inventory.v1.StockLevel;
import dev.binnacle.inventory.v1.StockReply;
import dev.binnacle.inventory.v1.StockRequest;
import dev.binnacle.inventory.v1.TakeReply;
import dev.binnacle.inventory.v1.TakeRequest;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** A small inventory on a port of its own: every article has seven pieces; it can be told to fail. */
public final class StubInventory
        implements InventoryGrpc.AsyncService, QuarkusTestResourceLifecycleManager, ServerInterceptor {
    static final AtomicReference<Status> ANSWER = new AtomicReference<>(Status.OK);
    static final AtomicReference<Metadata> LAST_HEADERS = new AtomicReference<>(new Metadata());

    private Server server;

    @Override
    public Map<String, String> start() {
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(ServerInterceptors.intercept(InventoryGrpc.bindService(this), this))
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "quarkus.grpc.clients.inventory.host", "localhost",
                "quarkus.grpc.clients.inventory.test-port", String.valueOf(server.getPort()),
                "catalog.inventory-timeout", "2s",
                "catalog.version", "v2");
    }

    @Override
    public void stop() {
        server.shutdownNow();
    }

    @Override
    public void stock(StockRequest request, StreamObserver<StockReply> reply) {
        var levels = StockReply.newBuilder();
        request.getSkuList()
                .forEach(sku ->
                        levels.addLevel(StockLevel.newBuilder().setSku(sku).setQuantity(7)));
        answer(reply, levels.build());
    }

    @Override
    public void take(TakeRequest request, StreamObserver<TakeReply> reply) {
        answer(
                reply,
                TakeReply.newBuilder().setRemaining(7 - request.getQuantity()).build());
    }

    @Override
    public void putBack(PutBackRequest request, StreamObserver<PutBackReply> reply) {
        answer(reply, PutBackReply.newBuilder().setRemaining(7).build());
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        LAST_HEADERS.set(headers);
        return next.startCall(call, headers);
    }

    private static <T> void answer(StreamObserver<T> reply, T value) {
        var status = ANSWER.get();
        if (status.getCode() == Status.Code.DEADLINE_EXCEEDED) {
            return; // stays silent until the caller gives up
        }
        if (!status.isOk()) {
            reply.onError(status.asRuntimeException());
            return;
        }
        reply.onNext(value);
        reply.onCompleted();
    }
}
