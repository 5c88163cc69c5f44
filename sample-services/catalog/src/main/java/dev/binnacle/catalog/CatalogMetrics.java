package dev.binnacle.catalog;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the catalog counts besides its requests. All series exist from the start, so that no first increment is lost. */
@Singleton
@Startup
class CatalogMetrics {
    private final Map<String, Counter> viewed;

    CatalogMetrics(MeterRegistry meters, CatalogConfig config) {
        viewed = Assortment.ARTICLES.stream()
                .map(Article::sku)
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(), sku -> viewCounter(meters, sku, config.version())));
    }

    /** Counts that {@code article} was shown to somebody. */
    void viewed(Article article) {
        var counter = viewed.get(article.sku());
        if (counter != null) {
            counter.increment();
        }
    }

    private static Counter viewCounter(MeterRegistry meters, String sku, Edition edition) {
        return Counter.builder("catalog.items.viewed")
                .description("How often the article was shown")
                .tag("sku", sku)
                .tag("catalog_version", edition.label())
                .register(meters);
    }
}
