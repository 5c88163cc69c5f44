package dev.binnacle.orders;

import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.rest.client.annotation.RegisterClientHeaders;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The payments service. Carries the caller's trace headers on. */
@RegisterRestClient(configKey = "payments")
@RegisterClientHeaders
@Path("/api/payments")
interface PaymentsClient {
    /** Takes a payment. */
    @POST
    Payment pay(Charge charge);

    /** What shall be paid, in euro cents. */
    record Charge(String orderId, int amountCents) {}

    /** A payment that was taken. */
    record Payment(String id) {}
}
