package dev.binnacle.agent;

import dev.binnacle.plugin.exporters.prometheus.write.RemoteWrite;
import dev.binnacle.prometheus.config.PrometheusConfig;
import dev.binnacle.prometheus.config.RemoteWriteConfig;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Intake;
import dev.binnacle.spi.collect.Receiver;
import dev.binnacle.spi.model.Sample;
import dev.binnacle.spi.model.Span;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Receivers' queues, what scrapes into them, and a page about both. */
final class Agent implements AutoCloseable {
    private final List<Outlet> outlets = new ArrayList<>();
    private final List<AgentMeters> meters = new ArrayList<>();
    private final Receiver scraper;
    private final AgentServer server;

    private Agent(PrometheusConfig config, @Nullable Storage storage, String listen, Scraper scraping)
            throws IOException {
        var names = config.remoteWrites().stream().map(Outlet::name).toList();
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("two receivers of remote_write are called alike: " + names);
        }
        for (var receiver : config.remoteWrites()) {
            outlets.add(outlet(receiver, config, storage));
        }
        this.scraper = scraping.apply(meters("scrape"));
        var page = new AgentPage(outlets, meters);
        this.server = AgentServer.start(listen, () -> page.text(Instant.now()));
    }

    /** Makes what scrapes. */
    interface Scraper extends Function<AgentMeters, Receiver> {}

    /** Starts everything; samples flow when this returns. */
    static Agent start(PrometheusConfig config, @Nullable Storage storage, String listen, Scraper scraping)
            throws IOException, InterruptedException {
        var agent = new Agent(config, storage, listen, scraping);
        try {
            agent.scraper.start(agent.intake());
            return agent;
        } catch (CollectionException e) {
            agent.close();
            throw new IOException(e.getMessage(), e);
        }
    }

    String address() {
        return server.address();
    }

    /** Ends scraping, then lets receivers take what waits for a while. */
    @Override
    public void close() {
        scraper.close();
        outlets.parallelStream().forEach(Outlet::close);
        server.close();
    }

    private Outlet outlet(RemoteWriteConfig receiver, PrometheusConfig config, @Nullable Storage storage) {
        String name = Outlet.name(receiver);
        var exporter = RemoteWrite.exporter(
                receiver,
                config.externalLabels(),
                InstantSource.system(),
                meters(name),
                System.getLogger("dev.binnacle.agent." + name));
        return Outlet.start(receiver, exporter, storage);
    }

    private AgentMeters meters(String of) {
        var made = new AgentMeters(of);
        meters.add(made);
        return made;
    }

    private Intake intake() {
        return new Intake() {
            @Override
            public void samples(List<Sample> samples) {
                outlets.forEach(outlet -> outlet.publish(samples));
            }

            @Override
            public void spans(List<Span> spans) {
                // Scrapes find none.
            }
        };
    }
}
