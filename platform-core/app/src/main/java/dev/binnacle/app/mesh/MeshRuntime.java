package dev.binnacle.app.mesh;

import dev.binnacle.app.config.MeshConfig;
import dev.binnacle.app.config.Mode;
import dev.binnacle.app.config.XdsConfig;
import dev.binnacle.xds.XdsServer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.All;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * The mesh of this application: starts the xDS server, and looks at the files again and again. In a cluster it does neither:
 * the mesh is what {@link MeshController#show} is told.
 */
@Startup
@Singleton
public class MeshRuntime {
    private static final Logger LOG = Logger.getLogger(MeshRuntime.class);

    private final Optional<XdsServer> server;
    private final MeshController controller;
    private final MeshChanges changes;
    private final KeySetStore keySets = new KeySetStore(InstantSource.system());
    private final Mode mode;
    private final ScheduledExecutorService poller;
    private final Optional<Future<?>> polling;
    private final Optional<FileWatch> watch;

    MeshRuntime(
            MeshConfig mesh,
            XdsConfig xds,
            MeterRegistry registry,
            @ConfigProperty(name = "binnacle.mode", defaultValue = "local") Mode mode,
            @All List<MeshListener> listeners,
            @ConfigProperty(name = "quarkus.application.version") String version) {
        this.mode = mode;
        boolean local = mode == Mode.LOCAL;
        server = local && xds.enabled() ? Optional.of(listen(xds, version)) : Optional.empty();
        controller = new MeshController(
                mesh.manifests(),
                mesh.overlays(),
                mesh.topology(),
                server.map(ControlPlane::of).orElse(ControlPlane.NONE),
                Stream.concat(Stream.of(new MeshMetrics(registry)), listeners.stream())
                        .toList());
        changes = new MeshChanges(controller);
        poller = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("mesh-poll").daemon().factory());
        polling = local ? Optional.of(poll(mesh)) : Optional.empty();
        watch = local ? watch(mesh.topology()) : Optional.empty();
    }

    private Future<?> poll(MeshConfig mesh) {
        controller.refresh();
        LOG.infof(
                "mesh loaded resources=%d diagnostics=%d pods=%d",
                controller.state().manifests().resources().size(),
                controller.state().diagnostics().size(),
                controller.state().pods().size());
        return poller.scheduleWithFixedDelay(
                this::poll, mesh.poll().toMillis(), mesh.poll().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Returns where the mesh comes from. */
    public Mode mode() {
        return mode;
    }

    /** Returns the mesh as it is. */
    public MeshController controller() {
        return controller;
    }

    /** Returns what changes it. */
    public MeshChanges changes() {
        return changes;
    }

    /** Returns the port that Envoys connect to; empty when istiod configures them. */
    public OptionalInt xdsPort() {
        return server.map(s -> OptionalInt.of(s.port())).orElse(OptionalInt.empty());
    }

    /** Returns the xDS server's own metrics in Prometheus' text format; nothing when there is no server. */
    public String pilotMetrics() {
        return server.map(s -> s.metrics().render()).orElse("");
    }

    /** Tells whether the files are still looked at, where there are files. */
    public boolean polling() {
        return polling.map(looking -> !looking.isDone()).orElse(true);
    }

    /** Endpoints come and go with the topology: that is not to wait for the next look. */
    private Optional<FileWatch> watch(Path topology) {
        try {
            return Optional.of(FileWatch.start(topology, this::pollNow));
        } catch (IOException e) {
            LOG.infof("topology looked at now and then only file=%s reason=%s", topology, e);
            return Optional.empty();
        }
    }

    @PreDestroy
    void stop() {
        watch.ifPresent(MeshRuntime::close);
        poller.shutdownNow();
        server.ifPresent(XdsServer::close);
    }

    private void pollNow() {
        if (!poller.isShutdown()) {
            poller.execute(this::poll);
        }
    }

    private static void close(FileWatch watch) {
        try {
            watch.close();
        } catch (IOException e) {
            LOG.debug("watch not closed", e);
        }
    }

    private void poll() {
        try {
            controller.refresh();
            controller.take(keySets.poll(controller.state().manifests()));
        } catch (RuntimeException e) {
            LOG.error("mesh not refreshed", e);
        }
    }

    private static XdsServer listen(XdsConfig xds, String version) {
        try {
            var server = XdsServer.start(xds.host(), xds.port(), version);
            LOG.infof("xDS server listening address=%s:%d", xds.host(), server.port());
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(
                    "The xDS server cannot listen on " + xds.host() + ":" + xds.port() + " (" + e.getMessage()
                            + "). Stop what uses the port, or set binnacle.xds.port",
                    e);
        }
    }
}
