package dev.binnacle.plugin.collectors.prometheus.discovery;

import dev.binnacle.prometheus.config.Discovery;
import dev.binnacle.prometheus.http.AddressRule;
import dev.binnacle.prometheus.http.Watch;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Asks all sources of one job, each in its own time, and tells of every change. */
public final class Discoverer {
    private final String job;
    private final Logger log;
    private final Consumer<List<TargetGroup>> changed;
    private final List<Thread> threads = new ArrayList<>();

    /** What each source said last; those that have not answered yet are not there. */
    private final TreeMap<Integer, List<TargetGroup>> groups = new TreeMap<>();

    /** @param changed gets the groups of all sources; never called by two threads at once */
    public Discoverer(String job, Logger log, Consumer<List<TargetGroup>> changed) {
        this.job = job;
        this.log = log;
        this.changed = changed;
    }

    /** Begins to ask. */
    public void start(List<Discovery> discoveries, AddressRule rule, Watch watch) {
        for (int i = 0; i < discoveries.size(); i++) {
            int number = i;
            switch (discoveries.get(i)) {
                case Discovery.Static written ->
                    update(
                            number,
                            List.of(new TargetGroup(
                                    written.targets(), written.labels().toMap())));
                case Discovery.Files files -> ask(number, new FileSource(files));
                case Discovery.Http http -> ask(number, new HttpSource(http, rule, watch));
            }
        }
    }

    /** Ends asking. */
    public void stop() {
        threads.forEach(Thread::interrupt);
    }

    /** Waits until nobody is asked any more. */
    public void join(Duration limit) throws InterruptedException {
        for (var thread : threads) {
            thread.join(limit);
        }
    }

    private void ask(int number, GroupSource source) {
        threads.add(Thread.ofVirtual().name("targets of " + job).start(() -> run(number, source)));
    }

    private void run(int number, GroupSource source) {
        String lastFailure = "";
        try (source) {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    update(number, source.read());
                    lastFailure = "";
                } catch (IOException e) {
                    String failure = String.valueOf(e.getMessage());
                    if (!failure.equals(lastFailure) && !Thread.currentThread().isInterrupted()) {
                        log.log(Level.WARNING, "targets not found anew job={0} reason={1}", job, failure);
                    }
                    lastFailure = failure;
                }
                Thread.sleep(source.pause());
            }
        } catch (InterruptedException e) {
            // It is to stop.
        }
    }

    private synchronized void update(int number, List<TargetGroup> found) {
        if (!found.equals(groups.put(number, found))) {
            changed.accept(groups.values().stream().flatMap(List::stream).toList());
        }
    }
}
