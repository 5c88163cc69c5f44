package dev.binnacle.plugins.supply;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;

/** Writes entries that passed the rules into a folder. */
final class Unpacker {
    private static final int CHUNK = 1 << 16;

    private Unpacker() {}

    /** Unpacks {@code items}; throws when one of them is longer than the zip's directory says, or damaged. */
    static void unpack(Path zip, List<ZipItem> items, Path folder) throws IOException {
        Files.createDirectories(folder);
        try (var file = new ZipFile(zip.toFile())) {
            for (var item : items) {
                Path target = folder.resolve(item.name()).normalize();
                if (!target.startsWith(folder)) {
                    throw new IOException("the entry " + item.name() + " leaves the plugin's folder");
                }
                if (item.isFolder()) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    unpack(file, item, target);
                }
            }
        }
    }

    private static void unpack(ZipFile file, ZipItem item, Path target) throws IOException {
        var entry = file.getEntry(item.name());
        if (entry == null) {
            throw new IOException("the entry " + item.name() + " cannot be read");
        }
        try (var in = file.getInputStream(entry);
                OutputStream out = Files.newOutputStream(target)) {
            var chunk = new byte[CHUNK];
            long left = item.size();
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                left -= read;
                if (left < 0) {
                    throw new IOException("the entry " + item.name() + " is longer than the " + item.size()
                            + " bytes that the zip's directory says");
                }
                out.write(chunk, 0, read);
            }
        }
    }
}
