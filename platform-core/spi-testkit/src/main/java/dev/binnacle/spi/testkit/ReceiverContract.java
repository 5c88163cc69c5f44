package dev.binnacle.spi.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.binnacle.spi.ExtensionFactory;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.collect.ReceiverFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every receiver promises: what is sent arrives, an address is taken once, and given back. */
public abstract class ReceiverContract extends ExtensionContract<Receiver> {
    /** Sends something to a running receiver, and returns when it said that it has it. */
    protected abstract void send(Receiver receiver) throws Exception;

    /**
     * Returns the settings by which another receiver would want the address of this running one; none when it has no address, because it
     * goes and looks for example.
     */
    protected Map<String, String> sameAddress(Receiver receiver) {
        return Map.of();
    }

    @Override
    final Class<? extends ExtensionFactory<?>> service() {
        return ReceiverFactory.class;
    }

    @Override
    protected abstract ReceiverFactory factory();

    @Test
    void whatIsSentArrives() throws Exception {
        try (var context = newContext();
                var receiver = factory().create(context)) {
            var basket = new Basket();
            receiver.start(basket);
            send(receiver);
            assertThat(basket.spans().size() + basket.samples().size()).isPositive();
        }
    }

    @Test
    void anAddressInUseIsReported() throws Exception {
        try (var context = newContext();
                var receiver = factory().create(context)) {
            receiver.start(new Basket());
            assumeThat(sameAddress(receiver)).as("addresses").isNotEmpty();
            try (var other = TestContext.of(factory(), sameAddress(receiver));
                    var second = factory().create(other)) {
                assertThatThrownBy(() -> second.start(new Basket()))
                        .isInstanceOf(CollectionException.class)
                        .message()
                        .isNotBlank();
            }
            send(receiver);
        }
    }

    @Test
    void aClosedReceiverGivesItsAddressBack() throws Exception {
        try (var context = newContext();
                var receiver = factory().create(context)) {
            receiver.start(new Basket());
            var address = sameAddress(receiver);
            assumeThat(address).as("addresses").isNotEmpty();
            receiver.close();
            try (var other = TestContext.of(factory(), address);
                    var second = factory().create(other)) {
                second.start(new Basket());
                send(second);
            }
        }
    }

    @Test
    void closeIsSafeTwiceAndBeforeUse() throws Exception {
        try (var context = newContext()) {
            var receiver = factory().create(context);
            receiver.close();
            receiver.close();
        }
    }
}
