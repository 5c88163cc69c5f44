package dev.binnacle.payments;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.OptionalLong;

/** How the till behaves. */
@ConfigMapping(prefix = "payments")
interface PaymentsConfig {
    /** The share of payments that fail, from 0 to 1. */
    @WithDefault("0")
    double failureRate();

    /** The status of those that fail. Sidecars repeat what a service answered only where a VirtualService says so. */
    @WithDefault("500")
    int failureStatus();

    /** How long each payment takes at least. */
    @WithDefault("0s")
    Duration delay();

    /** Payments above this many cents are declined. */
    @WithDefault("1000000")
    int limitCents();

    /** Makes the failures the same in each run; without it they differ. */
    OptionalLong seed();
}
