package dev.binnacle.stockreport;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * Counts the stock, pushes the result, and ends: 0 when it was pushed, else 1.
 *
 * <p>{@code CATALOG_URL} and {@code PUSHGATEWAY_URL} say where. With {@code REPORT_EVERY}, a time as {@code PT30S}, it does so
 * again and again: it is then its own schedule, where nothing else runs jobs.
 */
public final class StockReport {
    private static final System.Logger LOG = System.getLogger(StockReport.class.getName());

    private StockReport() {}

    public static void main(String[] arguments) throws InterruptedException {
        var environment = System.getenv();
        boolean pushed = run(environment);
        String every = environment.get("REPORT_EVERY");
        while (every != null) {
            Thread.sleep(Duration.parse(every));
            run(environment);
        }
        System.exit(pushed ? 0 : 1);
    }

    private static boolean run(Map<String, String> environment) throws InterruptedException {
        var catalog = new Catalog(URI.create(environment.getOrDefault("CATALOG_URL", "http://catalog:8080/")));
        var gateway = URI.create(environment.getOrDefault("PUSHGATEWAY_URL", "http://pushgateway:9091"));
        try {
            long begun = System.nanoTime();
            var stock = catalog.stock();
            var took = Duration.ofNanos(System.nanoTime() - begun);
            new Report(stock, took, Instant.now()).push(gateway);
            LOG.log(System.Logger.Level.INFO, "report pushed articles={0} to={1}", stock.size(), gateway);
            return true;
        } catch (IOException e) {
            LOG.log(System.Logger.Level.ERROR, "no report: " + e.getMessage(), e);
            return false;
        }
    }
}
