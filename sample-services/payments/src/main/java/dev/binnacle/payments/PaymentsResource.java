package dev.binnacle.payments;

import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.util.SplittableRandom;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The payments' JSON API. */
@Path("/api/payments")
@RunOnVirtualThread
class PaymentsResource {
    private final PaymentsConfig config;
    private final Till till;
    private final PaymentMetrics metrics;

    PaymentsResource(PaymentsConfig config, PaymentMetrics metrics) {
        this.config = config;
        var seed = config.seed().orElseGet(System::nanoTime);
        this.till = new Till(config.failureRate(), config.limitCents(), new SplittableRandom(seed));
        this.metrics = metrics;
    }

    /** Takes a payment: 201, or 402 when it is declined, or the configured status when it fails. */
    @POST
    public Response pay(@Nullable Charge charge) throws InterruptedException {
        if (charge == null) {
            throw new BadRequestException("a payment looks like {\"orderId\":\"o-1\",\"amountCents\":100}");
        }
        Thread.sleep(config.delay());
        var outcome = till.decide(charge);
        metrics.ended(outcome);
        return switch (outcome) {
            case APPROVED ->
                Response.status(Response.Status.CREATED)
                        .entity(new Payment(
                                "p-" + UUID.randomUUID(), String.valueOf(charge.orderId()), charge.amountCents()))
                        .build();
            case DECLINED ->
                Problem.answer(
                        Response.Status.PAYMENT_REQUIRED,
                        "declined: " + charge.amountCents() + " cents are above the limit of " + config.limitCents());
            case FAILED ->
                Problem.answer(
                        Response.Status.fromStatusCode(config.failureStatus()), "the till is jammed; nothing was paid");
        };
    }
}
