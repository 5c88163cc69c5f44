package dev.binnacle.plugin.collectors.mesh.istiod;

import java.util.Locale;

/** How far a proxy is with the configuration of one type, as {@code istioctl proxy-status} tells it. */
enum SyncState {
    /** It has acknowledged what it was sent last. */
    SYNCED,
    /** There was nothing to send. */
    NOT_SENT,
    /** It has not answered. */
    STALE,
    /** It has refused what it was sent. */
    ERROR;

    /** Returns the value of the label {@code status}. */
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Tells whether somebody should look. */
    boolean isTrouble() {
        return this == STALE || this == ERROR;
    }
}
