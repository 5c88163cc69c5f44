package dev.binnacle.plugin.collector.otlp;

import com.google.rpc.Code;
import java.util.Locale;

/** Why a whole request is refused. OTLP's senders come again after {@code UNAVAILABLE} and 503, and after no other. */
enum Refusal {
    /** It is not what OTLP sends. */
    MALFORMED(Code.INVALID_ARGUMENT, 400),
    /** Nobody takes it here. */
    MISDIRECTED(Code.UNIMPLEMENTED, 404),
    /** It is none of the forms that are taken. */
    UNSUPPORTED(Code.UNIMPLEMENTED, 415),
    /** It is larger than allowed. */
    TOO_LARGE(Code.RESOURCE_EXHAUSTED, 413),
    /** It did not come to its end in time. */
    TOO_SLOW(Code.DEADLINE_EXCEEDED, 408),
    /** There are too many at once; later there may be room. */
    BUSY(Code.UNAVAILABLE, 503);

    /** How long a sender that may come again should wait. */
    static final int RETRY_SECONDS = 1;

    private final Code code;
    private final int status;

    Refusal(Code code, int status) {
        this.code = code;
        this.status = status;
    }

    Code code() {
        return code;
    }

    int httpStatus() {
        return status;
    }

    boolean mayComeAgain() {
        return this == BUSY;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
