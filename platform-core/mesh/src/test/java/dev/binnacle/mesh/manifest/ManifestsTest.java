package dev.binnacle.mesh.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.kubernetes.Workload;
import dev.binnacle.mesh.topology.PodKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestsTest {
    private static Manifests read(String text) {
        var read = Translation.read(List.of(new ManifestFile("f.yaml", text)));
        assertThat(read.diagnostics()).isEmpty();
        return read.value();
    }

    private static String service(String name, int port) {
        return """
                apiVersion: v1
                kind: Service
                metadata: {name: %s}
                spec: {selector: {app: x}, ports: [{name: http, port: %d}]}
                """.formatted(name, port);
    }

    @Test
    void laterResourcesReplaceEarlierOnesOfTheSameName() {
        var both = read(service("a", 1) + "---\n" + service("b", 1)).overlaid(read(service("a", 2)));
        assertThat(both.services())
                .extracting(s -> s.ports().getFirst().number())
                .containsExactly(2, 1);
        assertThat(both.hosts()).containsExactly("a.default.svc.cluster.local", "b.default.svc.cluster.local");
    }

    @Test
    void whatRoutesMeanStaysTheSameWhereAnEditDoesNotConcernThem() {
        String route = """
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: a}
                spec:
                  parentRefs: [{group: "", kind: Service, name: a}]
                  rules: [{backendRefs: [{name: a, port: 1}]}]
                """;
        var before = read(service("a", 1) + "---\n" + route);
        var edited = before.overlaid(read("""
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: b}
                spec: {hosts: [b], http: [{route: [{destination: {host: a}}]}]}
                """));

        assertThat(before.virtualServices()).hasSize(1);
        assertThat(edited.virtualServices())
                .hasSize(2)
                .contains(before.virtualServices().getFirst());
        assertThat(edited.converted()).isSameAs(before.converted());
        assertThat(before.overlaid(read(service("a", 2))).converted()).isNotSameAs(before.converted());
    }

    @Test
    void removedResourcesAreGone() {
        var rest = read(service("a", 1) + "---\n" + service("b", 1))
                .without(List.of(new ResourceRef("Service", "default", "a"), new ResourceRef("Service", "x", "b")));
        assertThat(rest.services()).extracting(s -> s.ref().name()).containsExactly("b");
    }

    @Test
    void aDeploymentBecomesAWorkload() {
        var workload = read("""
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: web
                  namespace: shop
                  annotations: {binnacle.dev/local-command: "{java} -jar x.jar"}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata:
                      labels: {app: web, version: v1}
                    spec:
                      serviceAccountName: sa
                      containers:
                      - name: istio-proxy
                        image: auto
                      - name: app
                        image: web
                        env:
                        - {name: A, value: "1"}
                        - {name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}}
                        ports: [{name: http, containerPort: 8080}, {containerPort: 9000}, {containerPort: 53, protocol: UDP}]
                        readinessProbe: {httpGet: {path: /ready, port: http}, periodSeconds: 1}
                        livenessProbe: {tcpSocket: {port: 9000}}
                        startupProbe: {grpc: {port: 9000}}
                """).workloads().getFirst();
        assertThat(workload.replicas()).isEqualTo(2);
        assertThat(workload.serviceAccount()).isEqualTo("sa");
        assertThat(workload.kind()).isEqualTo(PodKind.SIDECAR);
        assertThat(workload.annotations()).containsEntry("binnacle.dev/local-command", "{java} -jar x.jar");
        var container = workload.container();
        assertThat(container.name()).isEqualTo("app");
        assertThat(container.env()).containsEntry("A", "1").containsEntry("IP", "$(fieldRef:status.podIP)");
        assertThat(container.ports()).containsExactly(new Workload.Port("http", 8080), new Workload.Port("9000", 9000));
        assertThat(container.readiness()).isEqualTo(new Workload.Probe("http", 8080, "/ready", 0, 1, 1, 3, 1));
        assertThat(container.liveness()).isEqualTo(new Workload.Probe("tcp", 9000, null, 0, 10, 1, 3, 1));
        assertThat(container.startup()).isEqualTo(new Workload.Probe("grpc", 9000, null, 0, 10, 1, 3, 1));
    }

    @Test
    void thePlanNumbersEveryReplicaInOrder() {
        var manifests = read("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: app, ports: [{name: http, containerPort: 8080}]}]}
                ---
                """ + service("web", 8080));
        var plan = Translation.plan(manifests);
        assertThat(plan.pods())
                .extracting(p -> p.id() + " " + p.podIp() + " " + p.appIp())
                .containsExactly("web-0.default 127.16.16.1 127.16.32.1", "web-1.default 127.16.16.2 127.16.32.2");
        assertThat(plan.virtualAddress(plan.pods().getFirst(), "web.default.svc.cluster.local"))
                .contains("127.17.8.1");
    }
}
