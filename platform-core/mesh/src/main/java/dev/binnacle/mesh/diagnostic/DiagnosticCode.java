package dev.binnacle.mesh.diagnostic;

/** Every diagnostic there is; {@code docs/diagnostics/README.md} is made from this list. */
public enum DiagnosticCode {
    UNREADABLE("BNC-100", Severity.ERROR, "A file or folder that cannot be read"),
    YAML_SYNTAX("BNC-101", Severity.ERROR, "A document is not valid YAML"),
    LIMIT("BNC-102", Severity.ERROR, "A file or document exceeds a limit on size, depth or aliases"),
    DUPLICATE_KEY("BNC-103", Severity.ERROR, "A mapping has the same key twice"),
    NOT_A_RESOURCE("BNC-104", Severity.ERROR, "A document has no usable apiVersion, kind or metadata"),
    UNKNOWN_KIND("BNC-105", Severity.WARNING, "A kind that the mesh does not know; it takes no effect here"),
    BAD_NAME("BNC-106", Severity.ERROR, "A name or label that Kubernetes refuses"),
    DEFINED_TWICE("BNC-107", Severity.ERROR, "The same resource is defined twice; the last one counts"),
    UNKNOWN_API_VERSION("BNC-108", Severity.ERROR, "A known kind under an apiVersion that does not have it"),
    UNKNOWN_FIELD("BNC-110", Severity.ERROR, "A field that the kind does not have"),
    WRONG_TYPE("BNC-111", Severity.ERROR, "A value of the wrong type"),
    NOT_A_STRING("BNC-112", Severity.ERROR, "An unquoted value that YAML 1.1 does not read as text"),
    MISSING_FIELD("BNC-113", Severity.ERROR, "A required field is missing"),
    BAD_VALUE("BNC-114", Severity.ERROR, "A value outside of what the field allows"),
    BAD_REGEX("BNC-115", Severity.ERROR, "A regular expression that RE2, the engine of Envoy, does not accept"),
    EXCLUSIVE_FIELDS("BNC-116", Severity.ERROR, "Fields that exclude each other are set together"),
    FIELD_REJECTED("BNC-120", Severity.ERROR, "A field that is not supported; the resource takes no effect"),
    FIELD_IGNORED("BNC-121", Severity.WARNING, "A field that takes no effect here; the rest of the resource does"),
    KIND_REJECTED("BNC-122", Severity.ERROR, "An Istio kind that is not supported; the resource takes no effect"),
    UNKNOWN_HOST("BNC-201", Severity.ERROR, "A route to a host that no Service defines"),
    UNKNOWN_SUBSET("BNC-202", Severity.ERROR, "A route to a subset that no DestinationRule defines"),
    NO_WEIGHT("BNC-203", Severity.ERROR, "The weights of a route's destinations add up to nothing"),
    UNKNOWN_PORT(
            "BNC-204", Severity.ERROR, "A route to a port that the Service does not have, or to no port in particular"),
    UNREACHABLE_ROUTE("BNC-205", Severity.WARNING, "A route behind one that takes every request"),
    HOST_WITHOUT_SERVICE("BNC-206", Severity.WARNING, "A VirtualService for a host that no Service in the mesh has"),
    UNKNOWN_GATEWAY("BNC-207", Severity.ERROR, "A VirtualService bound to a Gateway that does not exist"),
    HOST_TAKEN("BNC-208", Severity.ERROR, "Two resources decide about the same host; only the first counts"),
    NOT_HTTP("BNC-209", Severity.WARNING, "HTTP rules for a port that does not carry HTTP"),
    HOST_NOT_ON_GATEWAY("BNC-210", Severity.WARNING, "A VirtualService whose hosts the Gateway does not accept"),
    CALLED_PORT(
            "BNC-211", Severity.WARNING, "A destination without a port, whose Service lacks the port that is called"),
    WITHOUT_EFFECT("BNC-212", Severity.WARNING, "A fault or a limit that hits no request"),
    UNKNOWN_DELEGATE("BNC-213", Severity.ERROR, "A rule delegated to a VirtualService that does not exist"),
    DELEGATE_CONFLICT("BNC-214", Severity.WARNING, "A delegated rule about more than the rule that delegates"),
    UNUSED_DELEGATE("BNC-215", Severity.WARNING, "A VirtualService without hosts that nobody delegates to"),
    NOT_TCP("BNC-216", Severity.WARNING, "Rules for connections to a host without such ports"),
    UPPER_CASE_HOST("BNC-217", Severity.WARNING, "A ServiceEntry for a host that is not written in lower case"),
    CLASH("BNC-218", Severity.WARNING, "A TCP port that a cluster cannot tell from the same port of another host"),
    RULE_WITHOUT_HOST("BNC-301", Severity.WARNING, "A DestinationRule for a host that nothing defines"),
    EMPTY_SUBSET("BNC-302", Severity.WARNING, "A subset whose labels no pod has"),
    NOTHING_EJECTED(
            "BNC-303", Severity.WARNING, "Outlier detection that can eject nothing: less than one pod may be ejected"),
    FAILOVER_UNNOTICED(
            "BNC-304", Severity.WARNING, "Failover without outlier detection, which would have to notice the failures"),
    NOBODY_THERE("BNC-305", Severity.WARNING, "Shares of the requests for localities in which no pod is"),
    RULE_WITHOUT_CLIENT("BNC-306", Severity.WARNING, "A DestinationRule whose workloadSelector selects no client"),
    ANY_NAME_WILL_DO("BNC-307", Severity.WARNING, "TLS with a server whose certificate may be for any name at all"),
    GATEWAY_WITHOUT_WORKLOAD("BNC-401", Severity.ERROR, "A Gateway whose selector matches no gateway workload"),
    GATEWAY_PORT_CLOSED("BNC-402", Severity.ERROR, "A Gateway server on a port that the gateway's pods do not have"),
    GATEWAY_UNUSED("BNC-403", Severity.WARNING, "A Gateway server that no VirtualService uses; it answers 404"),
    CREDENTIAL_MISSING(
            "BNC-404",
            Severity.WARNING,
            "A credential that nothing provides where it is asked for: connections that need it fail"),
    CREDENTIAL_UNUSABLE(
            "BNC-405",
            Severity.ERROR,
            "A certificate, a key or authorities that are not usable; proxies are not told them"),
    SERVER_CONFLICT("BNC-406", Severity.ERROR, "A Gateway server that an earlier one excludes; it takes no effect"),
    CERTIFICATE_NAMES(
            "BNC-407", Severity.WARNING, "A certificate that is not for a host of the server; clients refuse it"),
    CERTIFICATE_DATES(
            "BNC-408",
            Severity.WARNING,
            "A certificate whose time is over, almost over, or has not come; clients refuse it"),
    CREDENTIAL_NOT_FOR_SIDECARS(
            "BNC-409",
            Severity.WARNING,
            "A DestinationRule with a Secret, which gateways are told and sidecars are not"),
    RESERVED_PORT("BNC-501", Severity.ERROR, "A container port that Istio's sidecar uses itself"),
    UNTOLD_PROTOCOL("BNC-502", Severity.WARNING, "A Service port whose name does not tell its protocol"),
    SERVICE_WITHOUT_WORKLOAD("BNC-503", Severity.WARNING, "A Service whose selector matches no Deployment"),
    UNKNOWN_TARGET_PORT("BNC-504", Severity.ERROR, "A Service's targetPort that the selected pods do not have"),
    DUPLICATE_PORT("BNC-505", Severity.ERROR, "The same port or port name twice"),
    EXTRA_CONTAINER("BNC-506", Severity.WARNING, "A container beside the application's, which is not run locally"),
    UNKNOWN_SERVICE_ACCOUNT("BNC-507", Severity.WARNING, "A Deployment with a ServiceAccount that is not defined"),
    TOO_MANY("BNC-508", Severity.ERROR, "More pods or hosts than one instance holds"),
    UNSUPPORTED_SERVICE("BNC-509", Severity.WARNING, "A Service, or a port of one, that takes no effect locally"),
    SELECTOR_MISMATCH("BNC-510", Severity.ERROR, "A Deployment whose selector does not match its own pods"),
    LOW_PORT("BNC-511", Severity.INFO, "A port that processes without privileges may not listen on"),
    POLICY_CONFLICT("BNC-601", Severity.ERROR, "Two policies for the same pods, of which only the first counts"),
    POLICY_WITHOUT_WORKLOAD("BNC-602", Severity.WARNING, "A policy whose selector matches no pod"),
    POLICY_PORT("BNC-603", Severity.WARNING, "A policy for a port that the pods do not have"),
    POLICY_NEVER("BNC-604", Severity.WARNING, "A rule of an AuthorizationPolicy that nothing can match"),
    POLICY_DENIES_CONNECTIONS(
            "BNC-605", Severity.WARNING, "A rule by HTTP attributes that denies all connections of other ports"),
    NO_KEYS("BNC-606", Severity.WARNING, "A rule for tokens without keys; all its tokens are refused"),
    HOST_WITHOUT_ADDRESS("BNC-701", Severity.WARNING, "A host that has no virtual address yet"),
    NOTHING_STANDS_IN("BNC-702", Severity.WARNING, "An external host that nothing on this machine stands in for"),
    UNKNOWN_PROVIDER("BNC-801", Severity.ERROR, "A telemetry provider that the mesh configuration does not have"),
    WRONG_PROVIDER("BNC-802", Severity.ERROR, "A telemetry provider that cannot do what is asked of it"),
    UNBOUNDED_TAG("BNC-803", Severity.WARNING, "A metric's tag with as many values as callers like"),
    BAD_EXPRESSION("BNC-804", Severity.ERROR, "An expression that is no CEL, or that this Envoy cannot evaluate"),
    METRIC_NOT_MEASURED("BNC-805", Severity.WARNING, "A metric that this Envoy does not measure"),
    TELEMETRY_CONFLICT("BNC-806", Severity.ERROR, "Two Telemetries for a whole namespace; only the first counts"),
    TELEMETRY_WITHOUT_WORKLOAD("BNC-807", Severity.WARNING, "A Telemetry for pods that do not exist"),
    UNKNOWN_RECEIVER("BNC-808", Severity.ERROR, "A provider whose service nothing defines"),
    CREDENTIAL_IN_PROVIDER("BNC-809", Severity.WARNING, "A provider's header that every proxy's configuration shows"),
    UNKNOWN_PARENT("BNC-901", Severity.ERROR, "A route whose parent does not exist, or has no such listener"),
    ROUTE_NOT_ALLOWED("BNC-902", Severity.ERROR, "A route that the listeners of its Gateway do not allow"),
    HOSTNAMES_APART("BNC-903", Severity.ERROR, "A route and a listener without a host in common"),
    REFERENCE_NOT_PERMITTED(
            "BNC-904", Severity.ERROR, "A reference into another namespace that no ReferenceGrant there permits"),
    BACKEND_KIND("BNC-905", Severity.ERROR, "A backend of a kind that nothing sends requests to"),
    GATEWAY_CLASS("BNC-906", Severity.WARNING, "A Gateway of a class that is not Istio's"),
    GATEWAY_ADDRESS("BNC-907", Severity.ERROR, "A Gateway's address that is no Service of its namespace"),
    GATEWAY_NOT_DEPLOYED("BNC-908", Severity.ERROR, "A Gateway that asks for a gateway to be deployed"),
    LISTENER_PROTOCOL("BNC-909", Severity.ERROR, "A listener of a protocol that is not supported"),
    BACKEND_REFUSED("BNC-910", Severity.ERROR, "A backend for which Istio leaves out the whole route"),
    LISTENER_TLS("BNC-911", Severity.ERROR, "A listener that is not opened for want of a certificate"),
    LISTENER_CONFLICT("BNC-912", Severity.ERROR, "A listener that an earlier one of its Gateway excludes");

    private final String id;
    private final Severity severity;
    private final String title;

    DiagnosticCode(String id, Severity severity, String title) {
        this.id = id;
        this.severity = severity;
        this.title = title;
    }

    /** Returns the stable identifier, {@code BNC-nnn}. */
    public String id() {
        return id;
    }

    /** Returns how much it matters. */
    public Severity severity() {
        return severity;
    }

    /** Returns what is wrong in one sentence without a full stop. */
    public String title() {
        return title;
    }
}
