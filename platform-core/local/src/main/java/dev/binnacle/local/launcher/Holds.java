package dev.binnacle.local.launcher;

import dev.binnacle.local.pod.PodRuntime;
import dev.binnacle.local.process.SupervisedProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives the place of a process to a developer's own, for a while. */
final class Holds {
    private static final Duration GRACE = Duration.ofSeconds(6);

    private final InstanceParts parts;
    private final Servers servers;
    private final Pods pods;

    Holds(InstanceParts parts, Servers servers, Pods pods) {
        this.parts = parts;
        this.servers = servers;
        this.pods = pods;
    }

    /** Ends the process that {@code name} means; empty when there is none. */
    Optional<HeldProcess> hold(String name) {
        return name.equals(SystemProcesses.APP)
                ? Optional.of(holdApp())
                : pods.named(name).flatMap(this::holdPod);
    }

    private HeldProcess holdApp() {
        SupervisedProcess app = servers.app().process();
        app.hold(GRACE);
        return new HeldProcess(
                SystemProcesses.APP, "platform-core/app", app.spec().environment(), List.of());
    }

    private Optional<HeldProcess> holdPod(PodRuntime pod) {
        @Nullable SupervisedProcess application = pod.applicationProcess();
        if (application == null) {
            return Optional.empty();
        }
        var held =
                new HeldProcess(pod.pod().id(), module(pod), application.spec().environment(), namingFlags(pod));
        pod.hold();
        return Optional.of(held);
    }

    private String module(PodRuntime pod) {
        Map<String, String> labels = pod.pod().labels();
        String app = labels.getOrDefault("app", pod.pod().workload());
        String own = "sample-services/" + pod.pod().workload();
        boolean hasOwn = Files.isRegularFile(parts.layout().home().resolve(own).resolve("pom.xml"));
        return hasOwn ? own : "sample-services/" + app;
    }

    /**
     * Returns the flags that make names resolve in the other process. They go through Maven, which parts them at spaces, so the
     * hosts file is named by a link in the folder of sockets.
     */
    private List<String> namingFlags(PodRuntime pod) {
        Path hosts = parts.layout().pod(pod.pod().id()).resolve("hosts");
        Path link = parts.layout().sockets().resolve(pod.pod().index() + ".hosts");
        try {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, hosts);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot link " + link, e);
        }
        return List.of("-Djdk.net.hosts.file=" + link, "-Dvertx.disableDnsResolver=true");
    }

    /** Starts the process again. */
    void release(HeldProcess held) {
        if (held.name().equals(SystemProcesses.APP)) {
            servers.app().process().release();
        } else {
            pods.named(held.name()).ifPresent(PodRuntime::release);
        }
    }
}
