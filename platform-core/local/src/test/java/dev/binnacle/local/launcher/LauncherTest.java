package dev.binnacle.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.binnacle.local.ProblemException;
import dev.binnacle.local.Progress;
import dev.binnacle.local.instance.InstanceLock;
import dev.binnacle.local.instance.LauncherRecord;
import dev.binnacle.local.instance.Layout;
import dev.binnacle.local.instance.Leftovers;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole instance with stand-ins for the app, the engines and the services: what is started is stopped, and only that. */
class LauncherTest {
    private static final String STAND_IN = StandInPlatform.class.getName();
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path folder;

    private Layout layout;
    private Map<String, String> environment;
    private @Nullable RunningInstance instance;

    @BeforeEach
    void clone(@TempDir Path home) throws IOException {
        environment = new HashMap<>(Map.of(
                "HOME", home.toString(),
                "PATH", System.getenv("PATH"),
                "XDG_RUNTIME_DIR", home.toString()));
        for (String engine : List.of("envoy 1.40.0", "prometheus 2.42.0", "alertmanager 0.25.0", "pushgateway 1.5.0")) {
            String name = engine.substring(0, engine.indexOf(' '));
            environment.put("BINNACLE_ENGINE_" + name.toUpperCase(java.util.Locale.ROOT), engine(name, engine));
        }
        layout = Layout.of(folder, environment);
        makeApp();
        writeManifest("echo", 1, command());
    }

    @AfterEach
    void stop() {
        if (instance != null) {
            instance.stop();
        }
        Leftovers.end(Leftovers.of(layout));
    }

    @Test
    void everythingIsStartedSupervisedAndStopped() throws Exception {
        RunningInstance running = launch();

        var status = running.status().status();
        assertThat(status.pods()).singleElement().satisfies(pod -> {
            assertThat(pod.name()).isEqualTo("echo-0");
            assertThat(pod.ready()).isTrue();
            assertThat(pod.sidecar()).isNull();
        });
        assertThat(statusOf("http://" + status.pods().getFirst().podIp() + ":15021/healthz/ready"))
                .isEqualTo(200);
        assertThat(layout.topologyFile()).content().contains("\"ready\": true");

        killed(running);
        applied(running);

        var children = LauncherRecord.read(layout.launcherFile()).orElseThrow().livingChildren();
        assertThat(children).hasSizeGreaterThanOrEqualTo(5);
        running.stop();
        assertThat(children).noneMatch(child -> child.id().isAlive());
        assertThat(Leftovers.of(layout)).isEmpty();
        assertThat(layout.launcherFile()).doesNotExist();
        assertThat(layout.sockets()).doesNotExist();
    }

    /** A pod that dies is unready at once and comes back. */
    private static void killed(RunningInstance running) {
        var pod = running.status().status().pods().getFirst();
        ProcessHandle.of(pod.pid()).orElseThrow().destroyForcibly();

        await().atMost(Duration.ofSeconds(2))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> statusOf("http://" + pod.podIp() + ":15021/healthz/ready") == 503);
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var now = running.status().status().pods().getFirst();
            return now.ready() && now.restarts() == 1;
        });
    }

    /** A Deployment that is applied at run time is followed. */
    private void applied(RunningInstance running) throws IOException {
        Files.writeString(layout.overlays().resolve("0001-scale.yaml"), manifest("echo", 2, command()));

        await().atMost(Duration.ofSeconds(20)).until(() -> readyPods(running) == 2);
    }

    @Test
    void anotherOneOfTheSameCloneIsRefused() throws Exception {
        launch();

        assertThatThrownBy(this::launch)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("this instance runs already (pid "
                        + ProcessHandle.current().pid() + ")");
        assertThat(instance).isNotNull();
    }

    @Test
    void whoTakesThePlaceOfAHeldServiceIsProbedAndTheServiceComesBack() throws Exception {
        RunningInstance running = launch();
        var pod = running.status().status().pods().getFirst();
        var control = LauncherRecord.read(layout.launcherFile()).orElseThrow();
        var hold = HttpRequest.newBuilder(URI.create(control.control() + "/hold?name=" + pod.name()))
                .header("Authorization", "Bearer " + control.token())
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();

        try (var client = HttpClient.newHttpClient()) {
            var place = client.send(hold, HttpResponse.BodyHandlers.ofInputStream());
            assertThat(readyPods(running)).isZero();

            HttpServer other = HttpServer.create(new InetSocketAddress(pod.appIp(), 8080), 0);
            other.createContext("/", exchange -> {
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            other.start();
            await().atMost(Duration.ofSeconds(10)).until(() -> readyPods(running) == 1);

            other.stop(0);
            place.body().close();
        }
        await().atMost(Duration.ofSeconds(20)).until(() -> {
            var now = running.status().status().pods().getFirst();
            return now.ready() && now.pid() != null && !now.pid().equals(pod.pid());
        });
    }

    private static long readyPods(RunningInstance running) {
        return running.status().status().pods().stream()
                .filter(InstanceStatus.PodStatus::ready)
                .count();
    }

    @Test
    void whoeverHoldsTheInstanceIsKnownBeforeItHasStartedAnything() throws Exception {
        try (var lock = InstanceLock.take(layout.lockFile()).orElseThrow()) {
            assertThat(InstanceLock.holder(layout.lockFile()))
                    .hasValueSatisfying(who -> assertThat(who.pid())
                            .isEqualTo(ProcessHandle.current().pid()));
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void aServiceThatListensOnEveryAddressEndsTheLaunchWithAnExplanation() throws Exception {
        // A port that no instance beside this test uses: this one takes it from all of them.
        String command = "/usr/bin/env QUARKUS_HTTP_HOST=0.0.0.0 QUARKUS_HTTP_PORT=18473 " + command();
        Files.writeString(
                folder.resolve("manifests/echo.yaml"),
                manifest("echo", 1, command).replace("containerPort: 8080", "containerPort: 18473"));

        assertThatThrownBy(this::launch)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(
                        "echo-0.default listens on 0.0.0.0:18473; it must listen on the address in $HOST");

        assertThat(Leftovers.of(layout)).isEmpty();
        assertThat(layout.sockets()).doesNotExist();
    }

    @Test
    void aServiceThatCrashesAtOnceEndsTheLaunchWithItsLastLines() throws Exception {
        writeManifest("echo", 1, "/bin/sh -c 'echo cannot find my hat; exit 3'");

        assertThatThrownBy(this::launch)
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("echo-0.default keeps ending (exit code 3)")
                .hasMessageContaining("cannot find my hat");

        assertThat(Leftovers.of(layout)).isEmpty();
    }

    @Test
    void twoThatStartInTheSameMomentGetDifferentAddresses() throws Exception {
        var other = new LauncherTest();
        other.folder = Files.createDirectories(folder.resolve("other clone"));
        other.clone(Files.createDirectories(folder.resolve("other home")));
        try {
            var theirs = CompletableFuture.supplyAsync(other::launched);
            var mine = launched().status().status();
            var his = theirs.get(60, TimeUnit.SECONDS).status().status();

            assertThat(mine.app().url()).isNotEqualTo(his.app().url());
            assertThat(mine.prometheus().url()).isNotEqualTo(his.prometheus().url());
            assertThat(mine.alertmanager().url())
                    .isNotEqualTo(his.alertmanager().url());
            assertThat(mine.pushgateway().url()).isNotEqualTo(his.pushgateway().url());
            assertThat(mine.pods().getFirst().podIp())
                    .isNotEqualTo(his.pods().getFirst().podIp());
        } finally {
            other.stop();
        }
    }

    private RunningInstance launched() {
        try {
            return launch();
        } catch (Exception e) {
            throw new AssertionError("did not start", e);
        }
    }

    @Test
    void aServiceThatNeverGetsReadyEndsTheLaunchAndNothingIsLeft() throws Exception {
        writeManifest("echo", 1, "/bin/sh -c 'echo I cannot; exec sleep 60'");

        assertThatThrownBy(() -> launch(Duration.ofSeconds(3)))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("echo-0.default is not ready");

        assertThat(Leftovers.of(layout)).isEmpty();
        assertThat(layout.launcherFile()).doesNotExist();
    }

    private RunningInstance launch() throws Exception {
        return launch(Duration.ofSeconds(40));
    }

    private RunningInstance launch(Duration patience) throws Exception {
        var options = new LaunchOptions(List.of(folder.resolve("manifests")), Set.of(), Map.of(), patience);
        RunningInstance launched = new Launcher(layout, options, environment, Progress.NONE).launch();
        instance = launched;
        return launched;
    }

    private static int statusOf(String url) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(url)).build();
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    private void writeManifest(String name, int replicas, String command) throws IOException {
        Path file = folder.resolve("manifests/echo.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, manifest(name, replicas, command));
    }

    private static String manifest(String name, int replicas, String command) {
        return """
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: %s
                  annotations:
                    binnacle.dev/local-command: "%s"
                spec:
                  replicas: %d
                  selector: {matchLabels: {app: %s}}
                  template:
                    metadata:
                      labels: {app: %s, version: v1, sidecar.istio.io/inject: "false"}
                    spec:
                      containers:
                      - name: main
                        image: none
                        ports: [{name: http, containerPort: 8080}]
                        readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 1}
                """.formatted(name, command, replicas, name, name);
    }

    private static String command() {
        return "{java} -cp '" + classes() + "' " + STAND_IN;
    }

    private static String classes() {
        // By URI, because a URL's path has %20 where the folder's name has a space.
        return Path.of(URI.create(StandInPlatform.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toString()))
                .toString();
    }

    private String engine(String name, String version) throws IOException {
        Path program = folder.resolve("engines").resolve(name);
        Files.createDirectories(program.getParent());
        Files.writeString(program, """
                #!/bin/sh
                if [ "$1" = --version ]; then echo '%s'; exit 0; fi
                exec '%s' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xmx32m -cp '%s' %s "$@"
                """.formatted(version, JAVA, classes(), STAND_IN));
        if (!program.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + program);
        }
        return program.toString();
    }

    /** A runnable jar in the app's place that only points to the stand-in. */
    private void makeApp() throws IOException {
        Path jar = SystemProcesses.appJar(folder);
        Files.createDirectories(jar.getParent());
        var manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, STAND_IN);
        manifest.getMainAttributes()
                .put(Attributes.Name.CLASS_PATH, Path.of(classes()).toUri().toString());
        new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
}
