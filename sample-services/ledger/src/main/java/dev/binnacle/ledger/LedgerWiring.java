package dev.binnacle.ledger;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jboss.logging.Logger;

/** Builds the ledger from its configuration and opens it with the application. */
@ApplicationScoped
class LedgerWiring {
    private static final Logger LOG = Logger.getLogger(LedgerWiring.class);

    @Produces
    @Singleton
    @Startup
    LedgerServer server(LedgerConfig config, MeterRegistry meters) throws IOException {
        var metrics = new LedgerMetrics(meters);
        var ledger = new Ledger(config.mostEntries(), config.mostAccounts());
        metrics.entries(ledger);
        var limits = new LedgerServer.Limits(
                config.mostConnections(), config.longestLine(), config.lineTimeout(), config.idleTimeout());
        var server = new LedgerServer(config.host(), config.port(), limits, new Clerk(ledger, metrics), metrics);
        LOG.infof("ledger open host=%s port=%d", config.host(), server.port());
        return server;
    }

    void close(@Disposes LedgerServer server) throws IOException {
        server.close();
    }

    @Produces
    @Readiness
    @Singleton
    HealthCheck open(LedgerServer server) {
        return () -> HealthCheckResponse.named("line protocol")
                .status(server.isOpen())
                .build();
    }
}
