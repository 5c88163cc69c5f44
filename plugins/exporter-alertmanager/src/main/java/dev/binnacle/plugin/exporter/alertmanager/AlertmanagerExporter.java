package dev.binnacle.plugin.exporter.alertmanager;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.context.ExtensionContext;
import dev.binnacle.spi.context.Meters.Counter;
import dev.binnacle.spi.context.Meters.Gauge;
import dev.binnacle.spi.context.Timers.Timer;
import dev.binnacle.spi.export.ExportException;
import dev.binnacle.spi.export.Exporter;
import dev.binnacle.spi.model.Sample;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches samples for alerts, and tells Alertmanagers of them: with each batch, and by a timer when there is none. */
final class AlertmanagerExporter implements Exporter {
    private static final Duration PERIOD = Duration.ofSeconds(5);

    /** As many alerts as Prometheus puts into one request. */
    private static final int MOST_AT_ONCE = 256;

    private final AlertWatch watch;
    private final AlertsJson texts;
    private final Alertmanagers managers;
    private final InstantSource clock;
    private final System.Logger log;
    private final Gauge alerts;
    private final Counter overLimit;
    private @Nullable Timer timer;
    private boolean failing;

    private AlertmanagerExporter(AlertWatch watch, AlertsJson texts, Alertmanagers managers, ExtensionContext context) {
        this.watch = watch;
        this.texts = texts;
        this.managers = managers;
        this.clock = context.clock();
        this.log = context.log();
        this.alerts = context.meters().gauge("alerts", "Alerts that fire, or did until lately");
        this.overLimit = context.meters().counter("samples_over_limit", "Samples of alerts for which there is no room");
    }

    static AlertmanagerExporter start(
            AlertWatch watch, AlertsJson texts, Alertmanagers managers, ExtensionContext context) {
        var exporter = new AlertmanagerExporter(watch, texts, managers, context);
        exporter.timer = context.timers().every(PERIOD, exporter::tick);
        return exporter;
    }

    @Override
    public synchronized void export(List<Sample> batch) throws ExportException, InterruptedException {
        var now = clock.instant();
        long left = batch.stream().filter(sample -> !watch.take(sample, now)).count();
        tellDue(now);
        overLimit.add(left);
    }

    @Override
    public void close() {
        var running = timer;
        if (running != null) {
            running.close();
        }
        managers.close();
    }

    /** Alerts are told again, and are over when nobody reports them, also while no samples come. */
    private synchronized void tick() {
        try {
            tellDue(clock.instant());
            failing = false;
        } catch (ExportException e) {
            if (!failing) {
                log.log(Level.WARNING, "alerts are not told", e);
            }
            failing = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellDue(Instant now) throws ExportException, InterruptedException {
        var due = watch.book().due(now);
        alerts.set(watch.book().size());
        for (int from = 0; from < due.size(); from += MOST_AT_ONCE) {
            tell(due.subList(from, Math.min(due.size(), from + MOST_AT_ONCE)), now);
        }
    }

    /** What is refused for good is not told again before its time. */
    private void tell(List<Alert> some, Instant now) throws ExportException, InterruptedException {
        try {
            managers.send(texts.of(some, watch.book().timing(), now));
            some.forEach(alert -> alert.sent(now));
        } catch (ExportException e) {
            if (e.kind() == FailureKind.PERMANENT) {
                some.forEach(alert -> alert.sent(now));
                throw new ExportException(FailureKind.PERMANENT, String.valueOf(e.getMessage()), e);
            }
            throw e;
        }
    }
}
