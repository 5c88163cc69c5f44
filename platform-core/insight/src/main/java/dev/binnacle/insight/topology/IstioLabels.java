package dev.binnacle.insight.topology;

import java.util.List;

/** Labels of Istio's standard metrics, and values that mean something of their own (facts F1). */
final class IstioLabels {
    static final String REPORTER = "reporter";
    static final String SOURCE_WORKLOAD = "source_workload";
    static final String SOURCE_NAMESPACE = "source_workload_namespace";
    static final String SOURCE_APP = "source_canonical_service";
    static final String SOURCE_VERSION = "source_canonical_revision";
    static final String WORKLOAD = "destination_workload";
    static final String WORKLOAD_NAMESPACE = "destination_workload_namespace";
    static final String APP = "destination_canonical_service";
    static final String VERSION = "destination_canonical_revision";
    static final String HOST = "destination_service";
    static final String SERVICE = "destination_service_name";
    static final String SERVICE_NAMESPACE = "destination_service_namespace";
    static final String PROTOCOL = "request_protocol";
    static final String CODE = "response_code";
    static final String GRPC_STATUS = "grpc_response_status";
    static final String FLAGS = "response_flags";
    static final String SECURITY = "connection_security_policy";

    /** Not Istio's: which of several metrics a row of one answer is about. */
    static final String METRIC = "metric";

    /** What tells who asked whom. */
    static final List<String> ENDS = List.of(
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

    static final String UNKNOWN = "unknown";
    static final String SERVER_SIDE = "destination";
    static final String MUTUAL_TLS = "mutual_tls";
    static final String NO_FLAGS = "-";
    static final String NO_ROUTE = "NR";

    private IstioLabels() {}
}
