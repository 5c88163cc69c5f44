package dev.binnacle.mesh.ir;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes that nobody is to read: whatever prints what holds them, a message, a log or a test, prints their number. */
public final class Hidden {
    private final byte[] bytes;

    private Hidden(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Hides a copy of {@code bytes}. */
    public static Hidden of(byte[] bytes) {
        return new Hidden(bytes.clone());
    }

    /** Returns a copy. */
    public byte[] reveal() {
        return bytes.clone();
    }

    /** Returns how many there are. */
    public int length() {
        return bytes.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hidden hidden && Arrays.equals(bytes, hidden.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "[" + bytes.length + " bytes, hidden]";
    }
}
