package dev.binnacle.agent;

import dev.binnacle.plugin.collectors.prometheus.ScrapeOptions;
import dev.binnacle.plugin.collectors.prometheus.ScrapeReceiver;
import dev.binnacle.prometheus.config.ConfigFile;
import dev.binnacle.prometheus.config.InvalidFileException;
import dev.binnacle.prometheus.config.PrometheusConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Reads the command line, runs the agent, ends it when the process is told to end. */
@Command(
        name = "binnacle agent",
        mixinStandardHelpOptions = true,
        version = "binnacle 0.1.0",
        description =
                "Scrapes what a Prometheus configuration file names and writes it to the receivers that it names. Ends at SIGTERM, when"
                        + " what waits is written or on disk.")
final class AgentCommand implements Callable<Integer> {
    private static final int WRONG = 1;
    private static final int ENVIRONMENT = 3;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--config",
            required = true,
            paramLabel = "FILE",
            description = "Prometheus' configuration: global, scrape_configs, remote_write.")
    private Path config;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where samples wait for receivers; in memory when there is none.")
    private @Nullable Path data;

    @Option(
            names = "--data-bytes",
            paramLabel = "BYTES",
            defaultValue = "1073741824",
            description = "The most bytes of each receiver there, ${DEFAULT-VALUE} unless told otherwise.")
    private long dataBytes;

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9095",
            description = "Where its own /metrics and /-/ready are, ${DEFAULT-VALUE} unless told otherwise.")
    private String listen;

    @Override
    public Integer call() throws InterruptedException {
        try {
            var storage = data == null ? null : new Storage(data, dataBytes);
            var agent = start(ConfigFile.read(config, System.getenv()), storage);
            spec.commandLine().getErr().println("listening on http://" + agent.address());
            var end = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                agent.close();
                end.countDown();
            }));
            end.await();
            return 0;
        } catch (InvalidFileException e) {
            e.problems().forEach(spec.commandLine().getErr()::println);
            return WRONG;
        } catch (IOException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("binnacle: " + e);
            return ENVIRONMENT;
        }
    }

    private Agent start(PrometheusConfig read, @Nullable Storage storage) throws IOException, InterruptedException {
        return Agent.start(
                read,
                storage,
                listen,
                meters -> new ScrapeReceiver(
                        read.scrapeConfigs(),
                        ScrapeOptions.DEFAULT,
                        InstantSource.system(),
                        meters,
                        System.getLogger("dev.binnacle.agent.scrape")));
    }
}
