package dev.binnacle.plugins.supply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Reads a zip's directory byte by byte, since {@link java.util.zip.ZipFile} tells neither links nor two entries that share their bytes.
 *
 * <p>Strict: every entry's own header has to agree with the directory, so that no two readers see two different zips.
 */
final class ZipListing {
    private static final int END = 0x06054b50;
    private static final int END_LENGTH = 22;
    private static final int LONGEST_COMMENT = 0xFFFF;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_LENGTH = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int UNIX = 3;
    private static final long UNSIGNED = 0xFFFFFFFFL;
    private static final long MOST_DIRECTORY_BYTES = 16 << 20;

    private final FileChannel file;

    private ZipListing(FileChannel file) {
        this.file = file;
    }

    /**
     * Returns the entries in the directory's order, duplicates included.
     *
     * @throws IOException when it is not a zip that every reader understands alike; the message says why
     */
    static List<ZipItem> read(Path zip) throws IOException {
        try (var file = FileChannel.open(zip)) {
            return new ZipListing(file).items();
        }
    }

    private List<ZipItem> items() throws IOException {
        var directory = directory();
        var items = new ArrayList<ZipItem>();
        while (directory.hasRemaining()) {
            items.add(item(directory));
        }
        requireDistinctBytes(items);
        return items;
    }

    private ByteBuffer directory() throws IOException {
        long length = file.size();
        int tail = (int) Math.min(length, END_LENGTH + LONGEST_COMMENT);
        var bytes = bytes(length - tail, tail);
        for (int at = tail - END_LENGTH; at >= 0; at--) {
            if (bytes.getInt(at) == END && at + END_LENGTH + unsigned(bytes, at + 20) == tail) {
                return directory(
                        bytes.getInt(at + 16) & UNSIGNED, bytes.getInt(at + 12) & UNSIGNED, length - tail + at);
            }
        }
        throw new IOException("it is not a zip, or was cut off: the directory at its end is missing");
    }

    private ByteBuffer directory(long offset, long size, long end) throws IOException {
        if (offset + size != end || size > MOST_DIRECTORY_BYTES) {
            throw new IOException("the directory at its end is not where it says");
        }
        return bytes(offset, (int) size);
    }

    private static ZipItem item(ByteBuffer directory) throws IOException {
        int at = directory.position();
        if (directory.remaining() < ENTRY_LENGTH || directory.getInt(at) != ENTRY) {
            throw new IOException("the directory at its end is damaged");
        }
        int name = unsigned(directory, at + 28);
        int length = ENTRY_LENGTH + name + unsigned(directory, at + 30) + unsigned(directory, at + 32);
        if (directory.remaining() < length) {
            throw new IOException("the directory at its end is damaged");
        }
        directory.position(at + length);
        boolean unix = (unsigned(directory, at + 4) >> 8) == UNIX;
        return new ZipItem(
                text(directory, at + ENTRY_LENGTH, name),
                unsigned(directory, at + 10),
                (unsigned(directory, at + 8) & 1) != 0,
                unix ? directory.getInt(at + 38) >>> 16 : 0,
                directory.getInt(at + 20) & UNSIGNED,
                directory.getInt(at + 24) & UNSIGNED,
                directory.getInt(at + 42) & UNSIGNED);
    }

    /** Entries that share bytes unpack to far more than the zip holds. */
    private void requireDistinctBytes(List<ZipItem> items) throws IOException {
        long free = 0;
        for (var item :
                items.stream().sorted(Comparator.comparingLong(ZipItem::offset)).toList()) {
            if (item.offset() < free) {
                throw new IOException("the entry " + item.name() + " shares its bytes with another one");
            }
            free = endOf(item);
        }
    }

    private long endOf(ZipItem item) throws IOException {
        var header = bytes(item.offset(), LOCAL_LENGTH);
        int name = unsigned(header, 26);
        var own = bytes(item.offset() + LOCAL_LENGTH, name);
        if (header.getInt(0) != LOCAL || !text(own, 0, name).equals(item.name())) {
            throw new IOException("the entry " + item.name() + " has another name in its own header");
        }
        return item.offset() + LOCAL_LENGTH + name + unsigned(header, 28) + item.packed();
    }

    private ByteBuffer bytes(long from, int count) throws IOException {
        if (from < 0 || from + count > file.size()) {
            throw new IOException("it points outside itself");
        }
        var bytes = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, from + bytes.position()) < 0) {
                throw new IOException("it ends too early");
            }
        }
        return bytes.flip();
    }

    private static int unsigned(ByteBuffer bytes, int at) {
        return bytes.getShort(at) & 0xFFFF;
    }

    private static String text(ByteBuffer bytes, int at, int length) throws IOException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(bytes.slice(at, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IOException("the name of an entry is not UTF-8", e);
        }
    }
}
