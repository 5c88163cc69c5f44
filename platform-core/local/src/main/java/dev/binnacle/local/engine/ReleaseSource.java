package dev.binnacle.local.engine;

import dev.binnacle.local.Progress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The archive that the makers of an engine publish, checked against the list of sums they publish with it.
 *
 * <p>Fails within seconds where there is no way to the network.
 */
final class ReleaseSource implements EngineSource {
    private static final Duration CONNECT = Duration.ofSeconds(4);
    private static final Duration SUMS = Duration.ofSeconds(20);
    private static final Duration ARCHIVE = Duration.ofMinutes(15);

    private final EngineCache cache;
    private final Tool tool;
    private final URI base;
    private final Platform platform;
    private final Progress progress;

    ReleaseSource(EngineCache cache, Tool tool, URI base, Platform platform, Progress progress) {
        this.cache = cache;
        this.tool = tool;
        this.base = base;
        this.platform = platform;
        this.progress = progress;
    }

    /**
     * Where a release is and what it holds.
     *
     * @param folder the path below the base
     * @param file the archive, or the bare program
     * @param sums the list of sums beside it
     * @param binary the program within the archive; null when the file is the program
     */
    record Release(
            Version version,
            String folder,
            String file,
            String sums,
            @Nullable String binary) {}

    @Override
    public String name() {
        return "upstream release";
    }

    @Override
    public Engine provide(EngineKind kind, EngineWish wish)
            throws UnavailableException, IOException, InterruptedException {
        Release release = release(kind);
        var objection = wish.objection(kind, release.version());
        if (objection.isPresent()) {
            throw new UnavailableException("the pinned release " + objection.get());
        }
        return cache.install(kind, wish, release.version() + "-release", into -> install(kind, release, into));
    }

    private Release release(EngineKind kind) throws UnavailableException {
        return switch (kind) {
            case ENVOY -> {
                String arch = platform.processor().equals("arm64") ? "aarch_64" : "x86_64";
                String file = "envoy-1.40.0-" + platform.system() + "-" + arch;
                yield new Release(
                        Version.of(1, 40, 0),
                        "envoyproxy/envoy/releases/download/v1.40.0",
                        file,
                        "checksums.txt.asc",
                        null);
            }
            case PROMETHEUS -> archive("prometheus", Version.of(3, 16, 0));
            case ALERTMANAGER -> archive("alertmanager", Version.of(0, 28, 0));
            case PUSHGATEWAY -> archive("pushgateway", Version.of(1, 11, 0));
            case CHROMIUM -> throw new UnavailableException("Chromium's project releases no programs");
            case NODE -> throw new UnavailableException("Node.js is not released there");
        };
    }

    private Release archive(String project, Version version) {
        String stem = project + "-" + version + "." + platform;
        return new Release(
                version,
                "prometheus/" + project + "/releases/download/v" + version,
                stem + ".tar.gz",
                "sha256sums.txt",
                stem + "/" + project);
    }

    private EngineCache.Description install(EngineKind kind, Release release, Path into)
            throws UnavailableException, IOException, InterruptedException {
        try (var client = HttpClient.newBuilder()
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            String expected = expectedSum(client, release);
            progress.line(kind.id() + ": downloading " + release.file());
            Path file = into.resolve(release.file());
            Download.watched(progress, kind.id(), into, () -> fetch(client, release, file));
            String sum = Checksum.of(file);
            if (!sum.equals(expected)) {
                throw new UnavailableException("checksum of " + release.file() + " is " + sum + ", not " + expected);
            }
            progress.line(kind.id() + ": sha256 " + sum + " is as published");
            String binary = unpack(release, file, into);
            return new EngineCache.Description(
                    kind.id(), release.version().toString(), "release " + release.file(), binary, null, false, sum);
        }
    }

    private String expectedSum(HttpClient client, Release release)
            throws UnavailableException, IOException, InterruptedException {
        HttpRequest request = request(release, release.sums(), SUMS);
        HttpResponse<String> response = send(client, request, HttpResponse.BodyHandlers.ofString());
        return Checksum.listed(response.body().lines().toList(), release.file())
                .orElseThrow(() -> new UnavailableException(request.uri() + " lists no sum for " + release.file()));
    }

    private Path fetch(HttpClient client, Release release, Path file)
            throws UnavailableException, IOException, InterruptedException {
        return send(client, request(release, release.file(), ARCHIVE), HttpResponse.BodyHandlers.ofFile(file))
                .body();
    }

    private HttpRequest request(Release release, String file, Duration limit) {
        return HttpRequest.newBuilder(URI.create(base + "/" + release.folder() + "/" + file))
                .timeout(limit)
                .build();
    }

    private static <T> HttpResponse<T> send(HttpClient client, HttpRequest request, HttpResponse.BodyHandler<T> body)
            throws UnavailableException, InterruptedException {
        try {
            HttpResponse<T> response = client.send(request, body);
            if (response.statusCode() != 200) {
                throw new UnavailableException(request.uri() + " answered " + response.statusCode());
            }
            return response;
        } catch (IOException e) {
            throw new UnavailableException("no answer from " + request.uri().getHost() + " (" + describe(e) + ")");
        }
    }

    private static String describe(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    private String unpack(Release release, Path file, Path into)
            throws UnavailableException, IOException, InterruptedException {
        String binary = release.binary();
        if (binary == null) {
            if (!file.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + file + " executable");
            }
            return release.file();
        }
        var unpacked =
                tool.run(List.of("tar", "-xzf", file.toString()), into, Map.of(), Duration.ofMinutes(2), line -> {});
        if (!unpacked.ok()) {
            throw new UnavailableException("tar: " + unpacked.lines().stream().collect(Collectors.joining("; ")));
        }
        Files.delete(file);
        return binary;
    }
}
