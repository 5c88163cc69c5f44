package dev.binnacle.plugin.exporter.alertmanager;

import dev.binnacle.spi.export.ExporterFactory;
import dev.binnacle.spi.testkit.ExporterContract;
import dev.binnacle.spi.testkit.TestContext;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;

/** Every sample of the contract is an alert here, whose summary says its value. */
class AlertmanagerExporterContractTest extends ExporterContract {
    private final FakeAlertmanager manager = new FakeAlertmanager();
    private final CountDownLatch end = new CountDownLatch(1);
    private boolean dead;

    @AfterEach
    void close() {
        end.countDown();
        manager.close();
    }

    @Override
    protected ExporterFactory factory() {
        return new AlertmanagerExporterFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "urls",
                manager.url(),
                "conditions",
                GAUGE.name() + " > 0 for 1 as " + GAUGE.name() + ", " + COUNTER.name() + " > 0 for 1 as "
                        + COUNTER.name(),
                "summary",
                "{value}",
                "resend-delay",
                "500ms");
    }

    @Override
    protected Map<String, Double> received(TestContext context) {
        var last = new HashMap<String, Double>();
        manager.received.forEach(alert -> {
            String a = alert.at("/labels/a").asText();
            String labels = a.isEmpty() ? "{}" : "{a=\"" + a + "\"}";
            last.put(
                    alert.at("/labels/alertname").asText() + labels,
                    Double.valueOf(alert.at("/annotations/summary").asText()));
        });
        return last;
    }

    @Override
    protected boolean breakReceiver() {
        manager.stop();
        dead = true;
        return true;
    }

    @Override
    protected boolean inject(Fault fault) {
        switch (fault) {
            case FAILS -> manager.always(503);
            case ANSWERS_LATE ->
                manager.behaviour = (exchange, alerts) -> {
                    alerts.forEach(manager.received::add);
                    await(end);
                };
            case DIES -> breakReceiver();
        }
        return true;
    }

    @Override
    protected void repairReceiver() {
        manager.behaviour = manager::take;
        if (dead) {
            manager.start();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
