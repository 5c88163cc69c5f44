package dev.binnacle.pipeline.buffer;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;

/** Keeps the place up to which samples were delivered, in two slots written in turn, so that one of them is always whole. */
final class PlaceFile implements AutoCloseable {
    private static final int CONTENT = 3 * Long.BYTES + Integer.BYTES;
    private static final int SLOT = CONTENT + Integer.BYTES;

    private final RandomAccessFile file;
    private final Bytes bytes = new Bytes();
    private long turn;

    private PlaceFile(RandomAccessFile file) {
        this.file = file;
    }

    static PlaceFile open(Path folder) throws IOException {
        return new PlaceFile(new RandomAccessFile(folder.resolve("position").toFile(), "rw"));
    }

    /** Returns the latest place; empty when there is none that is whole. */
    Optional<Place> read() throws IOException {
        Optional<Place> latest = Optional.empty();
        for (int slot = 0; slot < 2; slot++) {
            byte[] content = new byte[SLOT];
            if (file.length() < (slot + 1L) * SLOT) {
                break;
            }
            file.seek((long) slot * SLOT);
            file.readFully(content);
            if (Frames.sum(CONTENT, content, 0) == Bytes.intAt(content, CONTENT) && Bytes.longAt(content, 0) > turn) {
                turn = Bytes.longAt(content, 0);
                latest = Optional.of(
                        new Place(Bytes.longAt(content, 8), Bytes.longAt(content, 16), Bytes.intAt(content, 24)));
            }
        }
        return latest;
    }

    void write(Place place) throws IOException {
        turn++;
        bytes.clear();
        bytes.putLong(turn);
        bytes.putLong(place.segment());
        bytes.putLong(place.offset());
        bytes.putInt(place.used());
        bytes.putInt(Frames.sum(CONTENT, bytes.array(), 0));
        file.seek(turn % 2 * SLOT);
        file.write(bytes.array(), 0, SLOT);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
