package dev.binnacle.prometheus.scrape;

import java.util.Locale;

/** The formats that a target may answer in. */
public enum PageFormat {
    /** Prometheus' text format, 0.0.4. */
    TEXT,
    /** OpenMetrics' text format, 0.0.1 and 1.0.0. */
    OPENMETRICS;

    private static final String OPENMETRICS_TYPE = "application/openmetrics-text";

    /** Returns the format that a Content-Type names; a page that says nothing, or anything else, is read as text, as Prometheus does. */
    public static PageFormat of(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.equals(OPENMETRICS_TYPE) ? OPENMETRICS : TEXT;
    }
}
