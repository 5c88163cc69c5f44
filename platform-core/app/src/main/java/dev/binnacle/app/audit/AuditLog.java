package dev.binnacle.app.audit;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A file of entries, one JSON line each, in which each line has the hash of the one before: what is changed or taken out later
 * shows. Lines are only ever added.
 *
 * <p>A line is written whole, or its beginning is there when the process was stopped in the middle of it. Such a beginning stays, and
 * the next line begins behind it. What does not fit is reported by {@link #problems}, never mended. Lines that somebody takes away at
 * the end do not show. For any thread.
 */
public final class AuditLog implements AutoCloseable {
    private static final String HASH = ",\"hash\":\"";
    private static final String PREVIOUS = ",\"previous\":\"";
    private static final String NOTHING = "0".repeat(64);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(com.fasterxml.jackson.databind.SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(com.fasterxml.jackson.databind.DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final InstantSource clock;
    private final FileChannel channel;
    private final List<Line> lines = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private String last = NOTHING;
    private long lastId;
    private boolean torn;

    /** Where an entry is in the file. */
    private record Line(
            long id, long offset, int length, @Nullable Long undoes) {}

    private AuditLog(FileChannel channel, InstantSource clock) {
        this.channel = channel;
        this.clock = clock;
    }

    /**
     * Opens the log, which is made where it is not there, for its owner alone.
     *
     * @throws IOException when it cannot be read or written
     */
    public static AuditLog open(Path file, InstantSource clock) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        var channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        var log = new AuditLog(channel, clock);
        log.read(Files.readAllBytes(file));
        return log;
    }

    private void read(byte[] content) throws IOException {
        int begin = 0;
        int number = 0;
        for (int i = 0; i < content.length; i++) {
            if (content[i] == '\n') {
                take(new String(content, begin, i - begin, StandardCharsets.UTF_8), begin, ++number);
                begin = i + 1;
            }
        }
        torn = begin < content.length;
        if (torn) {
            problems.add("line " + (number + 1)
                    + " has no end: the process was stopped while it wrote it, or somebody changed it");
        }
        channel.position(content.length);
    }

    private void take(String line, long offset, int number) {
        int hash = line.lastIndexOf(HASH);
        int previous = hash < 0 ? -1 : line.lastIndexOf(PREVIOUS, hash);
        var entry = previous < 0 ? Optional.<AuditEntry>empty() : entry(line);
        if (entry.isEmpty()) {
            problems.add("line " + number
                    + " is no entry: the process was stopped while it wrote it, or somebody changed it");
            return;
        }
        String said = line.substring(hash + HASH.length()).replace("\"}", "");
        String before = line.substring(previous + PREVIOUS.length(), hash).replace("\"", "");
        if (!said.equals(hashOf(line.substring(0, hash)))) {
            problems.add("line " + number + " was changed after it was written: its hash does not fit");
        } else if (!before.equals(last)) {
            problems.add(
                    "before line " + number + " something was taken out or changed: the chain of hashes is broken");
        }
        last = said;
        lastId = Math.max(lastId, entry.get().id());
        lines.add(line(entry.get(), offset, line.getBytes(StandardCharsets.UTF_8).length));
    }

    /**
     * Adds an entry at the end.
     *
     * @return the entry with its number and time
     * @throws IOException when it cannot be written, for example because the disk is full
     */
    public synchronized AuditEntry append(AuditEntry entry) throws IOException {
        var numbered = entry.at(lastId + 1, clock.instant());
        String body = JSON.writeValueAsString(numbered);
        String chained = body.substring(0, body.length() - 1) + PREVIOUS + last + "\"";
        String hash = hashOf(chained);
        String line = chained + HASH + hash + "\"}";
        var bytes = ((torn ? "\n" : "") + line + "\n").getBytes(StandardCharsets.UTF_8);
        long offset = channel.size();
        var buffer = ByteBuffer.wrap(bytes);
        // Until it is whole, what follows has to begin on a line of its own.
        boolean begun = torn;
        torn = true;
        for (long at = offset; buffer.hasRemaining(); ) {
            at += channel.write(buffer, at);
        }
        torn = false;
        int length = bytes.length - (begun ? 2 : 1);
        lines.add(line(numbered, offset + (begun ? 1 : 0), length));
        last = hash;
        lastId = numbered.id();
        return numbered;
    }

    /**
     * Returns entries, the newest first.
     *
     * @param below only those with lower numbers; null for all
     * @param most how many
     */
    public synchronized List<AuditEntry> newest(@Nullable Long below, int most) throws IOException {
        var result = new ArrayList<AuditEntry>();
        for (var line : lines.reversed()) {
            if (result.size() >= most) {
                break;
            }
            if (below == null || line.id() < below) {
                read(line).ifPresent(result::add);
            }
        }
        return result;
    }

    /** Returns the entry with this number. */
    public synchronized Optional<AuditEntry> find(long id) throws IOException {
        for (var line : lines) {
            if (line.id() == id) {
                return read(line);
            }
        }
        return Optional.empty();
    }

    /** Returns the entries with higher numbers, the oldest first. */
    synchronized List<AuditEntry> after(long id) throws IOException {
        var result = new ArrayList<AuditEntry>();
        for (var line : lines) {
            if (line.id() > id) {
                read(line).ifPresent(result::add);
            }
        }
        return result;
    }

    private static Line line(AuditEntry entry, long offset, int length) {
        return new Line(entry.id(), offset, length, entry.outcome().equals(AuditEntry.DONE) ? entry.undoes() : null);
    }

    /** Returns the entry that took this one back, and was not taken back itself; null when there is none. */
    public synchronized @Nullable Long undoneBy(long id) {
        for (var line : lines.reversed()) {
            if (line.id() <= id) {
                return null;
            }
            var undoes = line.undoes();
            if (undoes != null && undoes == id && undoneBy(line.id()) == null) {
                return line.id();
            }
        }
        return null;
    }

    /** Returns what is wrong with the lines that were there when the log was opened, a sentence each. */
    public synchronized List<String> problems() {
        return List.copyOf(problems);
    }

    private Optional<AuditEntry> read(Line line) throws IOException {
        var buffer = ByteBuffer.allocate(line.length());
        for (long at = line.offset(); buffer.hasRemaining(); ) {
            int read = channel.read(buffer, at);
            if (read < 0) {
                return Optional.empty();
            }
            at += read;
        }
        return entry(new String(buffer.array(), StandardCharsets.UTF_8));
    }

    private static Optional<AuditEntry> entry(String line) {
        try {
            return Optional.ofNullable(JSON.readValue(line, AuditEntry.class));
        } catch (JacksonException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static String hashOf(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public synchronized void close() throws IOException {
        channel.close();
    }
}
