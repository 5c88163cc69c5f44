package dev.binnacle.app.events;

import dev.binnacle.app.insight.InsightConfig;
import dev.binnacle.app.mesh.MeshRuntime;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Tells every viewer when it is time to look again, and at which time: all ask about the same one then, and share one answer.
 */
@Startup
@Singleton
public class Ticks {
    private static final Logger LOG = Logger.getLogger(Ticks.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** Configuration that changes in many steps is one change to somebody who looks. */
    private static final Duration CALM = Duration.ofMillis(200);

    private final Events events;
    private final MeshRuntime mesh;
    private final long step;
    private long told;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ticks").daemon().factory());

    /**
     * Time to look.
     *
     * @param at the end of the window to ask about
     * @param revision of the mesh's configuration
     */
    record Tick(Instant at, long revision) {}

    /** The configuration is another one. */
    record Changed(long revision) {}

    Ticks(Events events, MeshRuntime mesh, InsightConfig insight) {
        this.events = events;
        this.mesh = mesh;
        this.step = Math.max(1, insight.keep().toMillis());
        schedule(() -> events.publish("tick", now()), untilNext(), step);
        schedule(events::heartbeat, HEARTBEAT.toMillis(), HEARTBEAT.toMillis());
        schedule(this::tellChange, CALM.toMillis(), CALM.toMillis());
    }

    @PreDestroy
    void stop() {
        clock.shutdownNow();
    }

    /** Returns the present tick. */
    Tick now() {
        long now = System.currentTimeMillis();
        return new Tick(
                Instant.ofEpochMilli(now - Math.floorMod(now, step)),
                mesh.controller().revision());
    }

    private long untilNext() {
        return step - Math.floorMod(System.currentTimeMillis(), step);
    }

    private void tellChange() {
        long revision = mesh.controller().revision();
        if (revision != told) {
            told = revision;
            events.publish("mesh", new Changed(revision));
        }
    }

    private void schedule(Runnable task, long delay, long period) {
        var ignored = clock.scheduleAtFixedRate(() -> safely(task), delay, period, TimeUnit.MILLISECONDS);
    }

    /** What is thrown would end the clock. */
    private static void safely(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("viewers not told", e);
        }
    }
}
