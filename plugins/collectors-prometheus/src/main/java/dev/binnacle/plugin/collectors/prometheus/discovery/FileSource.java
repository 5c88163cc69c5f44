package dev.binnacle.plugin.collectors.prometheus.discovery;

import dev.binnacle.prometheus.config.Discovery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Groups in files, which are looked at often: only those that have changed are read. */
final class FileSource implements GroupSource {
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final long LARGEST = 64L << 20;

    private record Version(FileTime time, long size) {}

    private record Content(Version version, List<TargetGroup> groups) {}

    private final Discovery.Files files;
    private Map<Path, Content> known = Map.of();

    FileSource(Discovery.Files files) {
        this.files = files;
    }

    @Override
    public List<TargetGroup> read() throws IOException {
        var now = new TreeMap<Path, Content>();
        @Nullable IOException failure = null;
        for (Path file : matching()) {
            var before = known.get(file);
            try {
                now.put(file, content(file, before));
            } catch (IOException e) {
                failure = e;
                if (before != null) {
                    now.put(file, before);
                }
            }
        }
        known = now;
        if (failure != null) {
            throw failure;
        }
        return now.values().stream().flatMap(content -> content.groups.stream()).toList();
    }

    @Override
    public Duration pause() {
        return files.refresh().compareTo(PAUSE) < 0 ? files.refresh() : PAUSE;
    }

    @Override
    public void close() {
        // Nothing is held open.
    }

    private List<Path> matching() throws IOException {
        var matching = new ArrayList<Path>();
        for (Path pattern : files.files()) {
            Path folder = pattern.getParent();
            Path name = pattern.getFileName();
            if (folder != null && name != null && Files.isDirectory(folder)) {
                try (var found = Files.newDirectoryStream(folder, name.toString())) {
                    found.forEach(matching::add);
                }
            }
        }
        return matching.stream().distinct().sorted().toList();
    }

    private static Content content(Path file, @Nullable Content before) throws IOException {
        var version = new Version(Files.getLastModifiedTime(file), Files.size(file));
        if (before != null && before.version.equals(version)) {
            return before;
        }
        if (version.size > LARGEST) {
            throw new IOException(file + " is larger than " + LARGEST + " bytes");
        }
        try {
            var groups = GroupReader.read(Files.readString(file)).stream()
                    .map(group -> withFile(group, file))
                    .toList();
            return new Content(version, groups);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static TargetGroup withFile(TargetGroup group, Path file) {
        var labels = new TreeMap<>(group.labels());
        labels.put("__meta_filepath", file.toString());
        return new TargetGroup(group.targets(), labels);
    }
}
