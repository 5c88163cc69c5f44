package dev.binnacle.local.cli;

import dev.binnacle.prometheus.scrape.PageFormat;
import java.util.Locale;

/** The formats of a page of metrics that can be checked. */
enum MetricsFormat {
    TEXT("text/plain;version=0.0.4"),
    OPENMETRICS("application/openmetrics-text;version=1.0.0"),
    PROTOBUF("application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited");

    private final String accept;

    MetricsFormat(String accept) {
        this.accept = accept;
    }

    /** Returns what a server is asked for. */
    String accept() {
        return accept;
    }

    /** Returns the format that a Content-Type names; what names none of them is text, as to Prometheus. */
    static MetricsFormat of(String contentType) {
        String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (PROTOBUF.accept.startsWith(type + ";")) {
            return PROTOBUF;
        }
        return PageFormat.of(contentType) == PageFormat.OPENMETRICS ? OPENMETRICS : TEXT;
    }
}
