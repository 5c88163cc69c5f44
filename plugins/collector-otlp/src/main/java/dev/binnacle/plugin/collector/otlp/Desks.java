package dev.binnacle.plugin.collector.otlp;

import dev.binnacle.spi.collect.Intake;
import dev.binnacle.spi.context.ExtensionContext;
import java.util.Optional;

/**
 * Makes what stands behind the servers.
 *
 * @param forwarding how what came is passed on; empty when it is not
 */
record Desks(ExtensionContext context, Accounts accounts, Optional<Forwarding> forwarding) {
    Optional<Forwarder> forwarder() {
        return forwarding.map(settings -> new Forwarder(settings, context.http(), accounts, context.log()));
    }

    Desk desk(Intake intake, Optional<Forwarder> forwarder) {
        return new Desk(intake, accounts, context.clock(), forwarder);
    }
}
