package dev.binnacle.plugin.exporter.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * A file of lines that grows up to a size; then it is {@code FILE.1}, the one before {@code FILE.2}, and the oldest goes. Not safe
 * for several threads; a lock keeps other processes away.
 *
 * @param path the file that is written
 * @param maxBytes the size it does not exceed, unless one piece alone is larger
 * @param keep how many full ones stay
 */
record RotatedFile(Path path, long maxBytes, int keep) {
    private static final int LONGEST_LINE = 1 << 20;

    /**
     * What happened.
     *
     * @param repaired whether the file ended within a line, which was taken away
     */
    record Written(long bytes, boolean rotated, boolean repaired) {}

    /**
     * Writes whole lines at the end: all of them, or none.
     *
     * @throws IOException when it is not possible now; the file is as it was
     */
    Written append(byte[] lines) throws IOException {
        Files.createDirectories(parent());
        try (var channel = open()) {
            lock(channel);
            boolean repaired = repair(channel);
            if (channel.size() == 0 || channel.size() + lines.length <= maxBytes) {
                write(channel, lines);
                return new Written(lines.length, false, repaired);
            }
        }
        rotate();
        try (var channel = open()) {
            lock(channel);
            write(channel, lines);
        }
        return new Written(lines.length, true, false);
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private void lock(FileChannel channel) throws IOException {
        try {
            if (channel.tryLock() != null) {
                return;
            }
        } catch (OverlappingFileLockException e) {
            // Somebody in this process.
        }
        throw new IOException("somebody else is writing it; give each exporter a file of its own");
    }

    /** Takes away a line that was cut when its writer was killed, and nothing else that lies there. */
    private boolean repair(FileChannel channel) throws IOException {
        var end = ByteBuffer.allocate((int) Math.min(channel.size(), LONGEST_LINE));
        long from = channel.size() - end.capacity();
        while (end.hasRemaining() && channel.read(end, from + end.position()) >= 0) {
            // Until it is all there.
        }
        int cut = end.position();
        while (cut > 0 && end.get(cut - 1) != '\n') {
            cut--;
        }
        if (cut == end.position()) {
            return false;
        }
        if (end.get(cut) != '{' || cut == 0 && from > 0) {
            throw new IOException(
                    "it ends with something else than a line of JSON; choose a file that nobody else writes");
        }
        channel.truncate(from + cut);
        return true;
    }

    private static void write(FileChannel channel, byte[] lines) throws IOException {
        long before = channel.size();
        try {
            var rest = ByteBuffer.wrap(lines);
            long at = before;
            while (rest.hasRemaining()) {
                at += channel.write(rest, at);
            }
        } catch (IOException e) {
            takeBack(channel, before, e);
            throw e;
        }
    }

    private static void takeBack(FileChannel channel, long before, IOException cause) {
        try {
            if (channel.isOpen()) {
                channel.truncate(before);
            }
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void rotate() throws IOException {
        for (int i = keep; i > 0; i--) {
            Path from = i == 1 ? path : aside(i - 1);
            if (Files.exists(from)) {
                Files.move(from, aside(i), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.deleteIfExists(path);
    }

    private Path aside(int number) {
        return path.resolveSibling(path.getFileName() + "." + number);
    }

    private Path parent() {
        Path parent = path.getParent();
        return parent == null ? Path.of("").toAbsolutePath() : parent;
    }
}
