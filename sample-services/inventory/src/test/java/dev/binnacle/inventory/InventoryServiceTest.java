package dev.binnacle.inventory;

import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.is;

import dev.binnacle.inventory.v1.InventoryGrpc;
import dev.binnacle.inventory.v1.PutBackRequest;
import dev.binnacle.inventory.v1.StockRequest;
import dev.binnacle.inventory.v1.TakeRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.junit.QuarkusTest;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InventoryServiceTest {
    @GrpcClient("inventory")
    InventoryGrpc.InventoryBlockingStub inventory;

    @Test
    void answersInTheOrderAsked() {
        var reply = inventory.stock(StockRequest.newBuilder()
                .addSku("sextant")
                .addSku("anchor")
                .addSku("bell")
                .build());
        assertThat(reply.getLevelList())
                .extracting(level -> level.getSku() + " " + level.getQuantity())
                .containsExactly("sextant 120", "anchor 0", "bell 120");
    }

    @Test
    void takesAndPutsBackAndShowsItInMetrics() {
        assertThat(inventory.take(take("chart", 5)).getRemaining()).isEqualTo(115);
        when().get("/q/metrics")
                .then()
                .statusCode(200)
                .body(containsString("inventory_stock{sku=\"chart\"} 115"))
                .body(containsString("inventory_taken_total{sku=\"chart\"} 5"))
                .body(containsString("inventory_deliveries_total 0"));
        var back = PutBackRequest.newBuilder().setSku("chart").setQuantity(5).build();
        assertThat(inventory.putBack(back).getRemaining()).isEqualTo(120);
    }

    @Test
    void saysWhyNot() {
        refused(i -> i.take(take("anchor", 1)), Status.Code.NOT_FOUND, "there is no article anchor");
        refused(i -> i.take(take("rope", 121)), Status.Code.FAILED_PRECONDITION, "only 120 are left");
        refused(i -> i.take(take("rope", 0)), Status.Code.INVALID_ARGUMENT, "got 0");
    }

    @Test
    void isReadyWhenGrpcAnswers() {
        when().get("/q/health/ready").then().statusCode(200).body("status", is("UP"));
        when().get("/q/health/live").then().statusCode(200);
    }

    private void refused(Consumer<InventoryGrpc.InventoryBlockingStub> call, Status.Code code, String message) {
        assertThatThrownBy(() -> call.accept(inventory))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(code))
                .hasMessageContaining(message);
    }

    private static TakeRequest take(String sku, int quantity) {
        return TakeRequest.newBuilder().setSku(sku).setQuantity(quantity).build();
    }
}
