package dev.binnacle.plugin.collector.probe;

import dev.binnacle.spi.model.MetricFamily;

/** The metrics of {@code collector-probe}: named as blackbox_exporter's; all have the labels probe, target and, through the mesh, through. */
final class ProbeMetrics {
    static final MetricFamily SUCCESS = MetricFamily.gauge("probe_success", "", "Whether the server is well");
    static final MetricFamily DURATION =
            MetricFamily.gauge("probe_duration_seconds", "seconds", "How long the probe took, whatever came of it");
    static final MetricFamily STATUS =
            MetricFamily.gauge("probe_http_status_code", "", "The status of the last answer; 0 without any");
    static final MetricFamily REDIRECTS =
            MetricFamily.gauge("probe_http_redirects", "", "How many redirects were followed");
    static final MetricFamily REGEX = MetricFamily.gauge(
            "probe_failed_due_to_regex",
            "",
            "Whether the answer lacked what it should have, or had what it should not");
    static final MetricFamily CERTIFICATE = MetricFamily.gauge(
            "probe_ssl_earliest_cert_expiry",
            "seconds",
            "When the first certificate of the server's chain expires, in Unix time");
    static final MetricFamily HEALTH = MetricFamily.gauge(
            "probe_grpc_healthcheck_response", "", "Whether this is the health that the server answered");

    private ProbeMetrics() {}

    /** Returns the metric for how long each phase took. */
    static MetricFamily phases(String protocol) {
        return MetricFamily.gauge(
                "probe_" + protocol + "_duration_seconds", "seconds", "How long each phase took, redirects added up");
    }
}
