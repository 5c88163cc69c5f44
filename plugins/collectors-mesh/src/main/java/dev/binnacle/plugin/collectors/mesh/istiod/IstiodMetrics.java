package dev.binnacle.plugin.collectors.mesh.istiod;

import dev.binnacle.spi.model.MetricFamily;

/** The metrics of {@code collector-istiod}; all have the label istiod. */
final class IstiodMetrics {
    static final MetricFamily UP =
            MetricFamily.gauge("istiod_up", "", "Whether istiod's synchronisation page could be read");
    static final MetricFamily PROXIES =
            MetricFamily.gauge("istiod_proxies", "", "Proxies that are connected, by kind and Istio version");
    static final MetricFamily BY_STATUS = MetricFamily.gauge(
            "istiod_proxies_by_status", "", "Proxies by how far they are with the configuration of a type");
    static final MetricFamily HIDDEN = MetricFamily.gauge(
            "istiod_proxies_without_detail", "", "Proxies that are counted, and have no series of their own");
    static final MetricFamily STATUS = MetricFamily.gauge(
            "istiod_proxy_status",
            "",
            "Whether this is how far the proxy is with the configuration of the type, as istioctl proxy-status");
    static final MetricFamily SENT = MetricFamily.gauge(
            "istiod_proxy_sent_timestamp_seconds",
            "seconds",
            "When the proxy was last sent configuration of the type, in Unix time");
    static final MetricFamily UNACKNOWLEDGED = MetricFamily.gauge(
            "istiod_proxy_unacknowledged_seconds",
            "seconds",
            "How long the proxy has not acknowledged what it was sent last; 0 when it has");

    private IstiodMetrics() {}
}
