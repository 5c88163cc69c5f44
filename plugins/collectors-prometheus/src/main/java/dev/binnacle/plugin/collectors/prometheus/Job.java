package dev.binnacle.plugin.collectors.prometheus;

import dev.binnacle.plugin.collectors.prometheus.discovery.Target;
import dev.binnacle.plugin.collectors.prometheus.discovery.TargetFactory;
import dev.binnacle.plugin.collectors.prometheus.discovery.TargetGroup;
import dev.binnacle.plugin.collectors.prometheus.scrape.TargetLoop;
import dev.binnacle.prometheus.config.ScrapeConfig;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The targets of one job, as they come and go. */
final class Job {
    private final ScrapeConfig config;
    private final TargetFactory factory;
    private final Function<Target, TargetLoop> loops;
    private final Logger log;
    private final Map<Target, TargetLoop> running = new HashMap<>();
    private boolean closed;

    Job(ScrapeConfig config, Function<Target, TargetLoop> loops, Logger log) {
        this.config = config;
        this.factory = new TargetFactory(config);
        this.loops = loops;
        this.log = log;
    }

    /** Scrapes these targets from now on, and no others. */
    synchronized void update(List<TargetGroup> groups) {
        if (closed) {
            return;
        }
        var targets = targets(groups);
        running.entrySet().removeIf(entry -> {
            boolean gone = !targets.contains(entry.getKey());
            if (gone) {
                entry.getValue().stop();
            }
            return gone;
        });
        var reason = forced(targets.size());
        for (var target : targets) {
            var loop = running.get(target);
            if (loop == null) {
                loop = loops.apply(target);
                running.put(target, loop);
                loop.force(reason);
                loop.start();
            } else {
                loop.force(reason);
            }
        }
    }

    synchronized int size() {
        return running.size();
    }

    synchronized void stop() {
        closed = true;
        running.values().forEach(TargetLoop::stopSilently);
    }

    void join(Duration limit) throws InterruptedException {
        for (var loop : List.copyOf(running.values())) {
            loop.join(limit);
        }
    }

    private Set<Target> targets(List<TargetGroup> groups) {
        var targets = new LinkedHashSet<Target>();
        for (var group : groups) {
            for (String address : group.targets()) {
                try {
                    factory.make(address, group.labels()).ifPresent(targets::add);
                } catch (IllegalArgumentException e) {
                    log.log(
                            Level.WARNING,
                            "target left out job={0} address={1} reason={2}",
                            config.jobName(),
                            address,
                            e.getMessage());
                }
            }
        }
        return targets;
    }

    private @Nullable String forced(int count) {
        long limit = config.limits().targets();
        return limit > 0 && count > limit ? "the job has " + count + " targets, target_limit is " + limit : null;
    }
}
