package dev.binnacle.loadgenerator;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Builds the generator from its configuration and starts it with the application. */
@ApplicationScoped
class LoadWiring {
    @Produces
    @Singleton
    @Startup
    Generator generator(LoadConfig config, MeterRegistry meters) {
        var metrics = new LoadMetrics(meters);
        var plan = new Plan(weights(config.mix()), new SplittableRandom(config.seed()));
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var gun = new Gun(config.target(), config.timeout(), config.mostInFlight(), threads, metrics);
        return new Generator(plan, config.rate(), gun, metrics);
    }

    void close(@Disposes Generator generator) {
        generator.close();
    }

    @Produces
    @Readiness
    @Liveness
    @Singleton
    HealthCheck firing(Generator generator) {
        return () -> HealthCheckResponse.named("schedule")
                .status(generator.isAlive())
                .withData("rate", String.valueOf(generator.rate()))
                .build();
    }

    private static Map<Kind, Integer> weights(LoadConfig.Mix mix) {
        return Map.of(
                Kind.PAGE, mix.page(),
                Kind.CATALOG, mix.catalog(),
                Kind.ARTICLE, mix.article(),
                Kind.ORDER, mix.order(),
                Kind.ORDERS, mix.orders());
    }
}
