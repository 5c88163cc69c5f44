package dev.binnacle.prometheus.http;

import java.util.Locale;

/** What asking a server consists of. */
public enum Step {
    /** Looking its name up. */
    RESOLVE,
    /** Connecting, and being let through by a proxy where there is one. */
    CONNECT,
    /** Agreeing on TLS. */
    TLS,
    /** From the request to the head of the answer. */
    PROCESSING,
    /** To the end of the answer. */
    TRANSFER;

    /** Returns its name as blackbox_exporter has it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
