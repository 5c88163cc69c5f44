package dev.binnacle.prometheus.exposition;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** The fields of one message of Protocol Buffers, one after the other. */
final class ProtobufFields {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED_32 = 5;
    private static final int LONGEST_VARINT = 10;

    private final ByteBuffer in;
    private int wireType;

    ProtobufFields(ByteBuffer message) {
        this.in = message.slice().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Returns the number of the next field, whose value has to be read or skipped; 0 at the end. */
    int next() throws LineException {
        if (!in.hasRemaining()) {
            return 0;
        }
        long tag = varint();
        wireType = (int) (tag & 7);
        long number = tag >>> 3;
        if (number < 1 || number > Integer.MAX_VALUE) {
            throw new LineException("a field has the number " + Long.toUnsignedString(number));
        }
        return (int) number;
    }

    /** Returns the value of an integer field or an enumeration. */
    long integer() throws LineException {
        require(VARINT);
        return varint();
    }

    double number() throws LineException {
        require(FIXED_64);
        return bytes(Double.BYTES).getDouble();
    }

    String text() throws LineException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(message()).toString();
        } catch (CharacterCodingException e) {
            throw new LineException("a text is not UTF-8");
        }
    }

    /** Returns the value of a field that is a message itself. */
    ByteBuffer message() throws LineException {
        require(BYTES);
        return bytes(varint());
    }

    void skip() throws LineException {
        switch (wireType) {
            case VARINT -> varint();
            case FIXED_64 -> bytes(Long.BYTES);
            case BYTES -> bytes(varint());
            case FIXED_32 -> bytes(Integer.BYTES);
            default -> throw new LineException("a field is of the unknown kind " + wireType);
        }
    }

    private void require(int expected) throws LineException {
        if (wireType != expected) {
            throw new LineException("a field is of the kind " + wireType + " where " + expected + " is expected");
        }
    }

    private ByteBuffer bytes(long length) throws LineException {
        if (length < 0 || length > in.remaining()) {
            throw new LineException("a field is longer than its message");
        }
        var slice = in.slice(in.position(), (int) length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + (int) length);
        return slice;
    }

    private long varint() throws LineException {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT && in.hasRemaining(); i++) {
            byte next = in.get();
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new LineException(
                in.hasRemaining() ? "a number has more than 64 bits" : "a number ends with its message");
    }
}
