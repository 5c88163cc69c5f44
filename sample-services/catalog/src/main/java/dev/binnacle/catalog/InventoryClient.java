package dev.binnacle.catalog;

import dev.binnacle.inventory.v1.InventoryGrpc;
import dev.binnacle.inventory.v1.PutBackRequest;
import dev.binnacle.inventory.v1.StockLevel;
import dev.binnacle.inventory.v1.StockRequest;
import dev.binnacle.inventory.v1.TakeRequest;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The inventory, called by gRPC. Blocks; every call has a deadline.
 *
 * <p>Failures surface as {@link io.grpc.StatusRuntimeException}, which {@link Problems} turns into answers.
 */
@Singleton
class InventoryClient {
    private final Channel channel;
    private final InventoryGrpc.InventoryBlockingStub stub;
    private final Duration timeout;

    InventoryClient(@GrpcClient("inventory") Channel channel, CatalogConfig config) {
        this.channel = channel;
        this.stub = InventoryGrpc.newBlockingStub(channel);
        this.timeout = config.inventoryTimeout();
    }

    /** Returns the pieces left of each article. */
    Map<String, Integer> stock(List<String> skus) {
        var request = StockRequest.newBuilder().addAllSku(skus).build();
        return timed().stock(request).getLevelList().stream()
                .collect(Collectors.toUnmodifiableMap(StockLevel::getSku, StockLevel::getQuantity));
    }

    /** Takes pieces out and returns how many are left. */
    int take(String sku, int quantity) {
        var request = TakeRequest.newBuilder().setSku(sku).setQuantity(quantity).build();
        return timed().take(request).getRemaining();
    }

    /** Puts pieces back and returns how many there are then. */
    int putBack(String sku, int quantity) {
        var request =
                PutBackRequest.newBuilder().setSku(sku).setQuantity(quantity).build();
        return timed().putBack(request).getRemaining();
    }

    // A deadline is a point in time, so each call needs a stub of its own.
    private InventoryGrpc.InventoryBlockingStub timed() {
        forgetPauses();
        return stub.withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    // After failed connections gRPC pauses for up to two minutes. Here each call may try anew, so that an inventory
    // that
    // comes back is found at once.
    private void forgetPauses() {
        if (channel instanceof ManagedChannel managed
                && managed.getState(false) == ConnectivityState.TRANSIENT_FAILURE) {
            managed.resetConnectBackoff();
        }
    }
}
