package dev.binnacle.app.mesh;

import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.OverlayKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The folder of changes made at run time: {@code NNNN-KIND.yaml}, see {@link OverlayKind}. The number gives their order. */
final class OverlayStore {
    private static final Pattern NAME = Pattern.compile("(\\d{4,9})-(apply|delete|restore)\\.yaml");

    private static final int FOUR_DIGITS = 1000;
    private static final FileAttribute<?> OWNERS_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path folder;

    OverlayStore(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    /** Returns the overlays there are now, in order, without reading them. */
    List<FileState> states() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(
                            file -> NAME.matcher(file.getFileName().toString()).matches())
                    .sorted((a, b) -> Integer.compare(number(a), number(b)))
                    .map(FileState::of)
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    /**
     * Returns the overlays in order.
     *
     * @throws IOException when one cannot be read
     */
    List<ManifestFile> read() throws IOException {
        var files = new ArrayList<ManifestFile>();
        for (var state : states()) {
            files.add(new ManifestFile(FileNames.of(state.path()), Files.readString(state.path())));
        }
        return List.copyOf(files);
    }

    /** Returns the overlay that would come next. */
    ManifestFile next(OverlayKind kind, String text) {
        return next(kind, text, List.of());
    }

    /** Returns the overlay that would come after {@code planned}, which are not written yet. */
    ManifestFile next(OverlayKind kind, String text, List<ManifestFile> planned) {
        int written = states().stream().mapToInt(s -> number(s.path())).max().orElse(0);
        int last =
                planned.isEmpty() ? written : number(Path.of(planned.getLast().name()));
        String name = String.format(Locale.ROOT, "%04d%s", following(last), kind.suffix());
        return new ManifestFile(FileNames.of(folder.resolve(name)), text);
    }

    /**
     * Writes an overlay: all of it, on the disk, or nothing.
     *
     * @throws IOException when the disk is full, or the folder cannot be written
     */
    void write(ManifestFile overlay) throws IOException {
        createFolder();
        Path target = Path.of(overlay.name());
        Path part = folder.resolve(target.getFileName() + ".part");
        try {
            Files.deleteIfExists(part);
            try (var channel = FileChannel.open(
                    part, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OWNERS_FILE)) {
                var bytes = ByteBuffer.wrap(overlay.text().getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** What is applied may hold private keys: nobody but its owner may look into the folder, also not into an older one. */
    private void createFolder() throws IOException {
        Files.createDirectories(folder);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Takes an overlay back. */
    void remove(ManifestFile overlay) throws IOException {
        Files.deleteIfExists(Path.of(overlay.name()));
    }

    /** Order by name and order by number must agree for every reader, so 99991 comes after 9999. */
    static int following(int number) {
        int next = number + 1;
        boolean longer = number >= FOUR_DIGITS
                && Integer.toString(next).length() > Integer.toString(number).length();
        return longer ? number * 10 + 1 : next;
    }

    private static int number(Path file) {
        var matcher = NAME.matcher(file.getFileName().toString());
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }
}
