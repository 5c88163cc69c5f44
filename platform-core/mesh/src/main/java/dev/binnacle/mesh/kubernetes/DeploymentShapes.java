package dev.binnacle.mesh.kubernetes;

import static dev.binnacle.mesh.schema.FieldType.ANY;
import static dev.binnacle.mesh.schema.FieldType.LABELS;
import static dev.binnacle.mesh.schema.FieldType.NAME;
import static dev.binnacle.mesh.schema.FieldType.PORT;
import static dev.binnacle.mesh.schema.FieldType.PORT_OR_NAME;
import static dev.binnacle.mesh.schema.FieldType.TEXT;
import static dev.binnacle.mesh.schema.FieldType.TEXTS;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Shape;

/** The fields of a Deployment. */
final class DeploymentShapes {
    private static final FieldType SECONDS = new FieldType.Whole(0, 86_400);
    private static final FieldType COUNT = new FieldType.Whole(1, 10_000);
    private static final String IN_FILES = "for the Secrets that a Gateway names as files; applications get none";
    private static final String NOT_RUN = "only the first container is run locally";

    private static final Shape FIELD_REF = Shape.named("ObjectFieldSelector")
            .clusterOnly("apiVersion")
            .require(
                    "fieldPath",
                    choice(
                            "metadata.name",
                            "metadata.namespace",
                            "status.podIP",
                            "spec.serviceAccountName",
                            "spec.nodeName",
                            "status.hostIP"));
    private static final Shape ENV_SOURCE = Shape.named("EnvVarSource")
            .with("fieldRef", section(FIELD_REF))
            .ignore("configMapKeyRef", "ConfigMaps are not read; the variable stays unset")
            .ignore("secretKeyRef", "Secrets are not read; the variable stays unset")
            .ignore("resourceFieldRef", "there are no resource limits locally; the variable stays unset");
    private static final Shape ENV = Shape.named("EnvVar")
            .require("name", TEXT)
            .with("value", TEXT)
            .with("valueFrom", section(ENV_SOURCE), "`fieldRef` only")
            .oneOf("value", "valueFrom");
    private static final Shape CONTAINER_PORT = Shape.named("ContainerPort")
            .require("containerPort", PORT)
            .with("name", NAME)
            .with("protocol", choice("TCP", "UDP", "SCTP"), "only TCP takes effect")
            .clusterOnly("hostPort", "hostIP");
    private static final Shape HTTP_GET = Shape.named("HTTPGetAction")
            .with("path", TEXT)
            .require("port", PORT_OR_NAME)
            .with("scheme", choice("HTTP", "HTTPS"), "`HTTP` only")
            .ignore("host", "the pod itself is asked")
            .ignore("httpHeaders", "the probe sends no headers");
    private static final Shape TCP_SOCKET =
            Shape.named("TCPSocketAction").require("port", PORT_OR_NAME).ignore("host", "the pod itself is asked");
    private static final Shape GRPC = Shape.named("GRPCAction")
            .require("port", PORT)
            .with("service", ANY, "the server's overall health is asked");
    private static final Shape PROBE = Shape.named("Probe")
            .with("httpGet", section(HTTP_GET))
            .with("tcpSocket", section(TCP_SOCKET))
            .with("grpc", section(GRPC))
            .ignore("exec", "commands are not run as probes; the pod counts as ready when it runs")
            .with("initialDelaySeconds", SECONDS)
            .with("periodSeconds", new FieldType.Whole(1, 86_400))
            .with("timeoutSeconds", new FieldType.Whole(1, 86_400))
            .with("failureThreshold", COUNT)
            .with("successThreshold", COUNT)
            .clusterOnly("terminationGracePeriodSeconds")
            .oneOf("httpGet", "tcpSocket", "grpc", "exec");
    private static final Shape CONTAINER = Shape.named("Container")
            .require("name", TEXT)
            .with("ports", listOf(CONTAINER_PORT))
            .with("env", listOf(ENV))
            .with("readinessProbe", section(PROBE))
            .with("livenessProbe", section(PROBE))
            .with("startupProbe", section(PROBE))
            .ignore("envFrom", "ConfigMaps and Secrets are not read; the variables stay unset")
            .with("volumeMounts", ANY, IN_FILES)
            .clusterOnly(
                    "image",
                    "command",
                    "args",
                    "workingDir",
                    "imagePullPolicy",
                    "resources",
                    "resizePolicy",
                    "securityContext",
                    "terminationMessagePath",
                    "terminationMessagePolicy",
                    "stdin",
                    "stdinOnce",
                    "tty",
                    "restartPolicy",
                    "volumeDevices",
                    "lifecycle");
    private static final Shape POD_SPEC = Shape.named("PodSpec")
            .with("containers", listOf(CONTAINER), NOT_RUN)
            .with("serviceAccountName", NAME)
            .with("serviceAccount", NAME)
            .ignore("initContainers", NOT_RUN)
            .ignore("ephemeralContainers", NOT_RUN)
            .ignore("hostAliases", "the pod's hosts file is made from the mesh's services")
            .with("volumes", ANY, IN_FILES)
            .clusterOnly(
                    "nodeSelector",
                    "nodeName",
                    "affinity",
                    "tolerations",
                    "topologySpreadConstraints",
                    "securityContext",
                    "terminationGracePeriodSeconds",
                    "activeDeadlineSeconds",
                    "dnsPolicy",
                    "dnsConfig",
                    "hostNetwork",
                    "hostPID",
                    "hostIPC",
                    "hostUsers",
                    "hostname",
                    "subdomain",
                    "setHostnameAsFQDN",
                    "shareProcessNamespace",
                    "imagePullSecrets",
                    "priority",
                    "priorityClassName",
                    "preemptionPolicy",
                    "restartPolicy",
                    "automountServiceAccountToken",
                    "schedulerName",
                    "schedulingGates",
                    "enableServiceLinks",
                    "readinessGates",
                    "runtimeClassName",
                    "overhead",
                    "os",
                    "resources",
                    "resourceClaims");
    private static final Shape POD_METADATA = Shape.named("PodMetadata")
            .with("labels", LABELS)
            .with("annotations", TEXTS)
            .clusterOnly("name", "namespace", "creationTimestamp", "finalizers");
    private static final Shape TEMPLATE = Shape.named("PodTemplateSpec")
            .with("metadata", section(POD_METADATA))
            .require("spec", section(POD_SPEC));
    private static final Shape SELECTOR = Shape.named("LabelSelector")
            .with("matchLabels", LABELS)
            .with("matchExpressions", ANY, "not compared with the pod's labels");

    static final Shape SPEC = Shape.named("DeploymentSpec")
            .with("replicas", new FieldType.Whole(0, 100_000))
            .require("selector", section(SELECTOR))
            .require("template", section(TEMPLATE))
            .clusterOnly("strategy", "minReadySeconds", "revisionHistoryLimit", "paused", "progressDeadlineSeconds");

    private DeploymentShapes() {}
}
