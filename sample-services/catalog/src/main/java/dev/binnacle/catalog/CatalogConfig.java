package dev.binnacle.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;

/** How this catalog presents itself and how patient it is. */
@ConfigMapping(prefix = "catalog")
interface CatalogConfig {
    /** The edition to play: {@code v1} or {@code v2}. */
    @WithDefault("v1")
    Edition version();

    /** The longest wait for one answer of the inventory. */
    @WithDefault("2s")
    Duration inventoryTimeout();

    /** Headers of a request that its gRPC calls carry too; OpenTelemetry sees to those of W3C Trace Context. */
    @WithDefault("b3,x-b3-traceid,x-b3-spanid,x-b3-parentspanid,x-b3-sampled,x-request-id")
    List<String> traceHeaders();
}
