package dev.binnacle.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.binnacle.kubernetes.testkit.Registry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pushes the images to a real registry on loopback, over a stand-in of the base image, and looks at what came there. What they are made
 * of has to be built: {@code mvn verify -Pimages} does both.
 */
class ImagesTest {
    private static final Path TOP = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern IMAGE = Pattern.compile("image: (binnacle/[a-z-]+:[0-9.]+)");
    private static final List<String> PLATFORMS = List.of("linux/amd64", "linux/arm64");

    @TempDir
    static Path folder;

    private static Registry registry;

    @BeforeAll
    static void push() throws Exception {
        registry = Registry.start(Files.createDirectories(folder.resolve("registry")));
        pushBase();
        build();
    }

    @AfterAll
    static void stop() {
        registry.close();
    }

    static Stream<String> images() throws IOException {
        try (var samples = Files.list(TOP.resolve("sample-services/kubernetes"));
                var platform = Files.list(TOP.resolve("platform-core/chart/cluster"))) {
            return Stream.concat(samples.toList().stream(), platform.toList().stream())
                    .flatMap(ImagesTest::imagesIn)
                    .distinct()
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("images")
    void everyImageOfTheManifestsIsThereForTwoPlatforms(String name) throws Exception {
        var image = new Image(registry, name);

        image.validate();
        assertThat(image.platforms()).containsExactlyElementsOf(PLATFORMS);
        for (String platform : PLATFORMS) {
            assertThat(image.config(platform))
                    .containsEntry("User", "65532:65532")
                    .containsEntry("WorkingDir", "/app")
                    .extractingByKey("Labels", org.assertj.core.api.InstanceOfAssertFactories.MAP)
                    .containsEntry("org.opencontainers.image.version", "0.1.0");
            assertThat(image.environment(platform)).containsEntry("FROM_BASE", platform);
        }
    }

    @Test
    void whatIsTheSameIsTheSameImage() throws Exception {
        var before = digests();

        build();

        assertThat(digests()).hasSizeGreaterThan(8).isEqualTo(before);
    }

    @Test
    void thePlatformHasEveryPlugin() throws Exception {
        Path root = folder.resolve("plugins");
        new Image(registry, "binnacle/platform:0.1.0").unpack(root);

        try (var built = Files.walk(TOP.resolve("plugins"), 3);
                var found = Files.list(root.resolve("app/plugins"))) {
            assertThat(found.map(Path::getFileName))
                    .containsExactlyInAnyOrderElementsOf(built.map(Path::getFileName)
                            .filter(name -> name.toString().endsWith("-plugin.zip"))
                            .toList())
                    .isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"platform", "catalog", "payments"})
    void itRunsAsItsUserWithoutWritingToItsRoot(String name) throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "only root makes mounts");
        var image = new Image(registry, "binnacle/" + name + ":0.1.0");
        Path root = folder.resolve(name);
        image.unpack(root);
        var config = image.config("linux/amd64");
        int port = freePort();
        var environment = new TreeMap<>(image.environment("linux/amd64"));
        environment.putAll(Map.of("QUARKUS_HTTP_HOST", "127.0.0.1", "QUARKUS_HTTP_PORT", Integer.toString(port)));

        try (var container = RestrictedContainer.start(
                root, String.valueOf(config.get("User")), (List<?>) config.get("Entrypoint"), environment)) {
            await(name).atMost(Duration.ofMinutes(2)).until(() -> {
                assertThat(container.process().isAlive()).as(container.said()).isTrue();
                return status(port) == 200;
            });
            assertThat(Files.readString(Path.of("/proc/" + container.process().pid() + "/status")))
                    .containsPattern("Uid:\\s+65532\\s+65532");
            assertThat(container.said()).doesNotContainIgnoringCase("read-only file system", "permission denied");
        }
    }

    private static Map<String, String> digests() throws Exception {
        var digests = new TreeMap<String, String>();
        for (String name : images().toList()) {
            digests.put(name, new Image(registry, name).digest());
        }
        return digests;
    }

    /** An empty image for each platform, with a mark. Jib cannot read the index that crane would make of them. */
    private static void pushBase() throws IOException, InterruptedException {
        var manifests = new ArrayList<String>();
        for (String platform : PLATFORMS) {
            String image = registry.host() + "/base:" + platform.replace('/', '-');
            Path empty = Files.write(folder.resolve("empty.tar"), new byte[10240]);
            registry.crane("append", "-f", empty.toString(), "-t", image);
            registry.crane("mutate", image, "--set-platform", platform, "--env", "FROM_BASE=" + platform, "-t", image);
            manifests.add("""
                    {"mediaType": "application/vnd.docker.distribution.manifest.v2+json", "size": %d, "digest": "%s",
                     "platform": {"os": "linux", "architecture": "%s"}}
                    """.formatted(
                            registry.crane("manifest", image).length(),
                            registry.crane("digest", image),
                            platform.substring(platform.indexOf('/') + 1)));
        }
        String list = "application/vnd.docker.distribution.manifest.list.v2+json";
        var request = HttpRequest.newBuilder(URI.create("http://" + registry.host() + "/v2/base/manifests/1"))
                .header("Content-Type", list)
                .PUT(BodyPublishers.ofString(
                        "{\"schemaVersion\": 2, \"mediaType\": \"" + list + "\", \"manifests\": " + manifests + "}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
        }
    }

    private static void build() throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        System.getProperty("binnacle.maven"),
                        "-B",
                        "-q",
                        "--file",
                        TOP.toString(),
                        "-Pfast",
                        "-pl",
                        "platform-core/kubernetes-testkit,platform-core/images",
                        "package",
                        "-DskipTests",
                        "-Dimages.registry=" + registry.host(),
                        "-Dimages.base=" + registry.host() + "/base:1",
                        "-Dimages.insecure=true")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Stream<String> imagesIn(Path manifest) {
        try {
            return IMAGE.matcher(Files.readString(manifest)).results().map(found -> found.group(1)).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static int status(int port) throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/q/health/live"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}
