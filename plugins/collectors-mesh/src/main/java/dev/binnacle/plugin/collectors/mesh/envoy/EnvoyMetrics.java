package dev.binnacle.plugin.collectors.mesh.envoy;

import dev.binnacle.spi.model.MetricFamily;

/** The metrics of {@code collector-envoy}; all have the labels pod, namespace and workload. */
final class EnvoyMetrics {
    static final MetricFamily UP =
            MetricFamily.gauge("binnacle_envoy_up", "", "Whether every admin page of the Envoy could be read");
    static final MetricFamily INFO = MetricFamily.gauge("binnacle_envoy_info", "", "The Envoy's version, always 1");
    static final MetricFamily LIVE = MetricFamily.gauge(
            "binnacle_envoy_live", "", "Whether the Envoy is live, which it is not while it starts or drains");
    static final MetricFamily UPTIME =
            MetricFamily.gauge("binnacle_envoy_uptime_seconds", "seconds", "How long the Envoy has been running");
    static final MetricFamily CONTROL_PLANE = MetricFamily.gauge(
            "binnacle_envoy_control_plane_connected", "", "Whether the Envoy has a connection to its control plane");
    static final MetricFamily ENDPOINTS =
            MetricFamily.gauge("binnacle_envoy_cluster_endpoints", "", "Endpoints of the cluster by health");
    static final MetricFamily EJECTED = MetricFamily.gauge(
            "binnacle_envoy_cluster_ejected_endpoints", "", "Endpoints that outlier detection has ejected");
    static final MetricFamily CONNECTIONS = MetricFamily.gauge(
            "binnacle_envoy_cluster_active_connections", "", "Open connections to the cluster's endpoints");
    static final MetricFamily CERTIFICATE_EXPIRY = MetricFamily.gauge(
            "binnacle_envoy_certificate_expiry_timestamp_seconds",
            "seconds",
            "When the first certificate of this kind expires, in Unix time");
    static final MetricFamily CERTIFICATE_REMAINING = MetricFamily.gauge(
            "binnacle_envoy_certificate_remaining_seconds",
            "seconds",
            "How long the first certificate of this kind to expire is still valid; negative after that");
    static final MetricFamily CONFIG_RESOURCES = MetricFamily.gauge(
            "binnacle_envoy_config_resources", "", "Resources of this type that came from the control plane");
    static final MetricFamily CONFIG_REJECTED = MetricFamily.gauge(
            "binnacle_envoy_config_rejected",
            "",
            "Whether the Envoy refused the latest update of a resource of this type");
    static final MetricFamily CONFIG_UPDATED = MetricFamily.gauge(
            "binnacle_envoy_config_last_updated_timestamp_seconds",
            "seconds",
            "When a resource of this type was last replaced, in Unix time");
    static final MetricFamily CONFIG_VERSION = MetricFamily.gauge(
            "binnacle_envoy_config_version_info",
            "",
            "A digest of the names and versions of the resources of this type, always 1");

    private EnvoyMetrics() {}
}
