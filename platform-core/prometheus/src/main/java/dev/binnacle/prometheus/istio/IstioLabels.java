package dev.binnacle.prometheus.istio;

import java.util.List;

/** Labels of Istio's standard metrics, and values that mean something of their own (facts F1). */
public final class IstioLabels {
    public static final String REPORTER = "reporter";
    public static final String SOURCE_WORKLOAD = "source_workload";
    public static final String SOURCE_NAMESPACE = "source_workload_namespace";
    public static final String SOURCE_APP = "source_canonical_service";
    public static final String SOURCE_VERSION = "source_canonical_revision";
    public static final String WORKLOAD = "destination_workload";
    public static final String WORKLOAD_NAMESPACE = "destination_workload_namespace";
    public static final String APP = "destination_canonical_service";
    public static final String VERSION = "destination_canonical_revision";
    public static final String HOST = "destination_service";
    public static final String SERVICE = "destination_service_name";
    public static final String SERVICE_NAMESPACE = "destination_service_namespace";
    public static final String PROTOCOL = "request_protocol";
    public static final String CODE = "response_code";
    public static final String GRPC_STATUS = "grpc_response_status";
    public static final String FLAGS = "response_flags";
    public static final String SECURITY = "connection_security_policy";

    /** The upper bound of a bucket of a histogram. */
    public static final String BUCKET = "le";

    /** What tells who asked whom. */
    public static final List<String> ENDS = List.of(
            REPORTER,
            SOURCE_WORKLOAD,
            SOURCE_NAMESPACE,
            SOURCE_APP,
            SOURCE_VERSION,
            WORKLOAD,
            WORKLOAD_NAMESPACE,
            APP,
            VERSION,
            HOST,
            SERVICE,
            SERVICE_NAMESPACE);

    public static final String UNKNOWN = "unknown";
    public static final String SERVER_SIDE = "destination";
    public static final String MUTUAL_TLS = "mutual_tls";
    public static final String NO_FLAGS = "-";
    public static final String NO_ROUTE = "NR";

    private IstioLabels() {}
}
