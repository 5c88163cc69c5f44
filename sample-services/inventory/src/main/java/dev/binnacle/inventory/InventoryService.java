package dev.binnacle.inventory;

import dev.binnacle.inventory.v1.InventoryGrpc;
import dev.binnacle.inventory.v1.PutBackReply;
import dev.binnacle.inventory.v1.PutBackRequest;
import dev.binnacle.inventory.v1.StockLevel;
import dev.binnacle.inventory.v1.StockReply;
import dev.binnacle.inventory.v1.StockRequest;
import dev.binnacle.inventory.v1.TakeReply;
import dev.binnacle.inventory.v1.TakeRequest;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.grpc.GrpcService;
import java.util.function.Supplier;

/** The gRPC face of the hold. Nothing here blocks, so calls are answered on the event loop. */
@GrpcService
class InventoryService extends InventoryGrpc.InventoryImplBase {
    private static final int MOST_SKUS = 1000;

    private final Hold hold;
    private final MeterRegistry meters;

    InventoryService(Hold hold, MeterRegistry meters) {
        this.hold = hold;
        this.meters = meters;
    }

    @Override
    public void stock(StockRequest request, StreamObserver<StockReply> reply) {
        answer(reply, () -> {
            if (request.getSkuCount() > MOST_SKUS) {
                throw new IllegalArgumentException("ask for at most " + MOST_SKUS + " articles at once");
            }
            var levels = StockReply.newBuilder();
            for (String sku : request.getSkuList()) {
                levels.addLevel(StockLevel.newBuilder()
                        .setSku(sku)
                        .setQuantity(hold.level(sku).orElse(0)));
            }
            return levels.build();
        });
    }

    @Override
    public void take(TakeRequest request, StreamObserver<TakeReply> reply) {
        answer(reply, () -> {
            int remaining = hold.take(request.getSku(), request.getQuantity());
            meters.counter("inventory.taken", "sku", request.getSku()).increment(request.getQuantity());
            return TakeReply.newBuilder().setRemaining(remaining).build();
        });
    }

    @Override
    public void putBack(PutBackRequest request, StreamObserver<PutBackReply> reply) {
        answer(
                reply,
                () -> PutBackReply.newBuilder()
                        .setRemaining(hold.putBack(request.getSku(), request.getQuantity()))
                        .build());
    }

    private static <T> void answer(StreamObserver<T> reply, Supplier<T> work) {
        T value;
        try {
            value = work.get();
        } catch (Hold.UnknownArticleException e) {
            reply.onError(Status.NOT_FOUND.withDescription(e.getMessage()).asRuntimeException());
            return;
        } catch (Hold.ShortageException e) {
            reply.onError(
                    Status.FAILED_PRECONDITION.withDescription(e.getMessage()).asRuntimeException());
            return;
        } catch (IllegalArgumentException e) {
            reply.onError(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
            return;
        }
        reply.onNext(value);
        reply.onCompleted();
    }
}
