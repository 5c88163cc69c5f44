package dev.binnacle.plugin.generator.grafana.model;

/** Units of values, by the names that Grafana has for them. */
public enum Unit {
    /** A plain number. */
    NUMBER("short"),
    /** A share from 0 to 1, shown in percent. */
    SHARE("percentunit"),
    /** A share, shown in percent, that may be below zero: a difference of two, or what is left of a budget. */
    BALANCE("percentunit"),
    /** Requests a second. */
    REQUESTS("reqps"),
    /** Events a second. */
    EVENTS("ops"),
    /** Milliseconds. */
    MILLISECONDS("ms"),
    /** Seconds. */
    SECONDS("s"),
    /** A time span in seconds, shown in its largest units. */
    SPAN("dtdurations"),
    /** Bytes. */
    BYTES("bytes"),
    /** Bytes a second. */
    BYTES_PER_SECOND("Bps"),
    /** So many times as much. */
    TIMES("suffix:×"),
    /** A name. */
    TEXT("string");

    private final String id;

    Unit(String id) {
        this.id = id;
    }

    /** Returns Grafana's name. */
    public String id() {
        return id;
    }
}
