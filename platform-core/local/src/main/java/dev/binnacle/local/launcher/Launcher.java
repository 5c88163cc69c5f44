package dev.binnacle.local.launcher;

import dev.binnacle.local.ProblemException;
import dev.binnacle.local.Progress;
import dev.binnacle.local.ca.CertificateAuthority;
import dev.binnacle.local.ca.CertificateRotation;
import dev.binnacle.local.engine.Engine;
import dev.binnacle.local.engine.EngineFinder;
import dev.binnacle.local.engine.EngineKind;
import dev.binnacle.local.engine.EngineSettings;
import dev.binnacle.local.instance.DiskSpace;
import dev.binnacle.local.instance.InstanceLock;
import dev.binnacle.local.instance.LauncherRecord;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.instance.Leftovers;
import dev.binnacle.local.instance.ListeningSockets;
import dev.binnacle.local.instance.LoopbackBlock;
import dev.binnacle.local.instance.ProcessId;
import dev.binnacle.local.instance.Settings;
import dev.binnacle.local.instance.SocketFolder;
import dev.binnacle.local.instance.UserPorts;
import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Starts an instance and keeps it running until it is told to stop: the heart of {@code binnacle up}.
 *
 * <p>Everything that can be refused is refused before the first process starts.
 */
public final class Launcher {
    private final Layout layout;
    private final LaunchOptions options;
    private final Map<String, String> environment;
    private final Progress progress;

    /** Prepares a launch; nothing happens before {@link #launch}. */
    public Launcher(Layout layout, LaunchOptions options, Map<String, String> environment, Progress progress) {
        this.layout = layout;
        this.options = options;
        this.environment = environment;
        this.progress = progress;
    }

    /**
     * Starts everything and returns once it is healthy.
     *
     * @throws ProblemException when something is missing, wrong or does not become healthy; nothing is left running then
     */
    public RunningInstance launch() throws IOException, InterruptedException {
        DiskSpace.requireToRun(layout.runtime());
        InstanceLock lock = InstanceLock.take(layout.lockFile()).orElseThrow(() -> alreadyRunning(layout));
        try {
            cleanUp();
            ManifestFolders folders = ManifestFolders.of(layout.home(), options.manifests());
            Files.createDirectories(layout.overlays());
            ManifestFolders overlays = ManifestFolders.of(layout.home(), List.of(layout.overlays()));
            var model = new MeshModel(folders, overlays, options.only());
            WantedMesh wanted = accepted(model.check());
            requireApp();
            PortPreflight.check(wanted, ListeningSockets.now());
            Map<EngineKind, Engine> engines = findEngines();
            LoopbackBlock block = LoopbackBlock.take(layout);
            return start(lock, model, folders, wanted, engines, block);
        } catch (IOException | InterruptedException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Returns the refusal to start beside the launcher that holds the instance. */
    public static ProblemException alreadyRunning(Layout layout) {
        String who = InstanceLock.holder(layout.lockFile())
                .map(launcher -> " (pid " + launcher.pid() + ")")
                .orElse("");
        return ProblemException.no(
                "this instance runs already" + who + ": " + layout.runtime(),
                "See ./binnacle status, or stop it with ./binnacle down.");
    }

    private void cleanUp() throws IOException {
        var leftovers = Leftovers.of(layout);
        if (!leftovers.isEmpty()) {
            progress.line("the last launcher was killed; ending the " + leftovers.size() + " processes it left behind");
            Leftovers.end(leftovers);
        }
        SocketFolder.remove(layout);
    }

    private WantedMesh accepted(Compiled<WantedMesh> read) {
        var errors = read.diagnostics().stream()
                .filter(diagnostic -> diagnostic.severity() == Severity.ERROR)
                .toList();
        if (!errors.isEmpty()) {
            throw ProblemException.no(
                    errors.size() + (errors.size() == 1 ? " problem" : " problems") + " in the manifests\n  "
                            + String.join(
                                    "\n  ",
                                    errors.stream().map(Object::toString).toList()),
                    "Nothing was started. ./binnacle check shows the same list.");
        }
        read.diagnostics().forEach(diagnostic -> progress.line("warning: " + diagnostic));
        WantedMesh wanted = read.value();
        if (!wanted.unknownNames().isEmpty()) {
            throw ProblemException.usage(
                    "--only names no workload: " + String.join(", ", wanted.unknownNames()),
                    "Workloads are "
                            + String.join(
                                    ", ",
                                    wanted.manifests().workloads().stream()
                                            .map(workload -> workload.name())
                                            .toList()));
        }
        return wanted;
    }

    private void requireApp() {
        Path jar = SystemProcesses.appJar(layout.home());
        if (!Files.isRegularFile(jar)) {
            throw ProblemException.environment(
                    "the platform is not built: there is no " + jar, "Build it with ./binnacle up, or mvn package.");
        }
    }

    private Map<EngineKind, Engine> findEngines() throws InterruptedException {
        var settings = EngineSettings.of(options.engines(), environment, Settings.read(layout));
        return EngineFinder.of(settings, layout.user().cache(), environment, progress)
                .findAll(EngineKind.OF_AN_INSTANCE);
    }

    private RunningInstance start(
            InstanceLock lock,
            MeshModel model,
            ManifestFolders folders,
            WantedMesh wanted,
            Map<EngineKind, Engine> engines,
            LoopbackBlock block)
            throws IOException, InterruptedException {
        var reserved = new UserPorts();
        try {
            var ports = InstancePorts.take(reserved, wanted);
            ports.moved().forEach(progress::line);
            var authority = CertificateAuthority.open(layout.certificates(), InstantSource.system());
            var rotation = new CertificateRotation(authority, certificateLife(), InstantSource.system());
            PluginZips.copy(layout.home(), layout.plugins());
            var parts = new InstanceParts(layout, environment, lock, block, reserved, ports, rotation, engines);
            return RunningInstance.start(parts, model, folders.folders(), wanted, options.patience(), progress);
        } catch (IOException | InterruptedException | RuntimeException e) {
            reserved.close();
            block.close();
            throw e;
        }
    }

    private Duration certificateLife() {
        return Settings.read(layout)
                .get("certificates.life")
                .map(said -> Duration.parse(said.value()))
                .orElse(Duration.ofHours(24));
    }

    /** Returns who this launcher is, for its record. */
    static LauncherRecord record(ControlServer control, String block) {
        ProcessId self = ProcessId.current();
        return new LauncherRecord(self.pid(), self.startTime(), control.url(), control.token(), block, List.of());
    }
}
