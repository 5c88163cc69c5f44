package dev.binnacle.mesh.ir;

/** Istio's standard metrics, by the names that its Telemetry API has for them. */
public enum Metric {
    REQUEST_COUNT("istio_requests_total"),
    REQUEST_DURATION("istio_request_duration_milliseconds"),
    REQUEST_SIZE("istio_request_bytes"),
    RESPONSE_SIZE("istio_response_bytes"),
    TCP_OPENED_CONNECTIONS("istio_tcp_connections_opened_total"),
    TCP_CLOSED_CONNECTIONS("istio_tcp_connections_closed_total"),
    TCP_SENT_BYTES("istio_tcp_sent_bytes_total"),
    TCP_RECEIVED_BYTES("istio_tcp_received_bytes_total"),
    GRPC_REQUEST_MESSAGES("istio_request_messages_total"),
    GRPC_RESPONSE_MESSAGES("istio_response_messages_total");

    private final String series;

    Metric(String series) {
        this.series = series;
    }

    /** Returns its name in Prometheus. */
    public String series() {
        return series;
    }
}
