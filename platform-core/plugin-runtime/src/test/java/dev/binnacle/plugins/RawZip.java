package dev.binnacle.plugins;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/** Writes zips that no honest packer writes. */
final class RawZip {
    private record Entry(String localName, String name, byte[] packed, int method, long size, long crc, int mode) {}

    private final List<Entry> entries = new ArrayList<>();
    private boolean shared;

    /** The least of a manifest, so that only the attack is wrong. */
    static RawZip ofPlugin(String id) {
        return new RawZip()
                .file(
                        PluginManifest.FILE,
                        "plugin.id=%s\nplugin.version=1\nplugin.requires=>=0.1.0\nplugin.extensions=collector-x\n"
                                .formatted(id));
    }

    RawZip file(String name, String content) {
        return entry(name, name, content.getBytes(StandardCharsets.UTF_8), 0100644);
    }

    RawZip link(String name, String target) {
        return entry(name, name, target.getBytes(StandardCharsets.UTF_8), 0120777);
    }

    RawZip pipe(String name) {
        return entry(name, name, new byte[0], 0010644);
    }

    /** One name for readers of the directory, another for those of the stream. */
    RawZip twoFaced(String localName, String name) {
        return entry(localName, name, new byte[1], 0100644);
    }

    /** Deflated zeros. */
    RawZip zeros(String name, int size) {
        return deflated(name, new byte[size], size);
    }

    /** An entry that is longer than it says. */
    RawZip understated(String name, int size, int said) {
        return deflated(name, new byte[size], said);
    }

    /** Lets every entry after the first one point at the first one's bytes. */
    RawZip overlapping() {
        shared = true;
        return this;
    }

    Path writeTo(Path zip) throws IOException {
        var out = new ByteArrayOutputStream();
        var directory = new ByteArrayOutputStream();
        for (var entry : entries) {
            int offset = shared ? 0 : out.size();
            if (!shared || out.size() == 0) {
                out.write(local(entry));
            }
            directory.write(central(entry, offset));
        }
        int start = out.size();
        out.write(directory.toByteArray());
        out.write(buffer(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) entries.size())
                .putShort((short) entries.size())
                .putInt(directory.size())
                .putInt(start)
                .putShort((short) 0)
                .array());
        return Files.write(zip, out.toByteArray());
    }

    private RawZip entry(String localName, String name, byte[] content, int mode) {
        entries.add(new Entry(localName, name, content, 0, content.length, crc(content), mode));
        return this;
    }

    private RawZip deflated(String name, byte[] content, int said) {
        var deflater = new Deflater(9, true);
        deflater.setInput(content);
        deflater.finish();
        var packed = new ByteArrayOutputStream();
        var chunk = new byte[1 << 16];
        while (!deflater.finished()) {
            packed.write(chunk, 0, deflater.deflate(chunk));
        }
        entries.add(new Entry(name, name, packed.toByteArray(), 8, said, crc(content), 0100644));
        return this;
    }

    private static byte[] local(Entry entry) {
        byte[] name = entry.localName().getBytes(StandardCharsets.UTF_8);
        return common(buffer(30 + name.length + entry.packed().length).putInt(0x04034b50), entry, name)
                .put(name)
                .put(entry.packed())
                .array();
    }

    private static byte[] central(Entry entry, int offset) {
        byte[] name = entry.name().getBytes(StandardCharsets.UTF_8);
        return common(buffer(46 + name.length).putInt(0x02014b50).putShort((short) (3 << 8 | 20)), entry, name)
                .putShort((short) 0)
                .putInt(0)
                .putShort((short) 0)
                .putShort((short) entry.mode())
                .putInt(offset)
                .put(name)
                .array();
    }

    private static ByteBuffer common(ByteBuffer out, Entry entry, byte[] name) {
        return out.putShort((short) 20)
                .putShort((short) 0x800)
                .putShort((short) entry.method())
                .putInt(0)
                .putInt((int) entry.crc())
                .putInt(entry.packed().length)
                .putInt((int) entry.size())
                .putShort((short) name.length)
                .putShort((short) 0);
    }

    private static long crc(byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }
}
