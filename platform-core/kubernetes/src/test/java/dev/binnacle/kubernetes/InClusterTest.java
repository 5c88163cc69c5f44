package dev.binnacle.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.binnacle.kubernetes.cluster.WatchReport.State;
import dev.binnacle.kubernetes.testkit.ApiServer;
import dev.binnacle.kubernetes.testkit.NeedsKubernetes;
import dev.binnacle.spi.generate.GeneratedFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The platform in a real cluster, with the rights that its role gives and no others. */
@NeedsKubernetes
class InClusterTest {
    private static Path kubeconfig;

    private Replica replica;

    @BeforeAll
    static void layOut(ApiServer server) throws Exception {
        server.installCustomResources();
        for (String namespace : List.of("binnacle", "istio-system", "shop")) {
            server.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}");
        }
        server.apply(Files.readString(Path.of("src/main/kubernetes/rbac.yaml")));
        kubeconfig = server.kubeconfig("binnacle", "binnacle");
    }

    @BeforeEach
    void start(ApiServer server) throws Exception {
        server.kubectl("delete", "configmaps,prometheusrules", "--all", "-n", Replica.NAMESPACE);
        replica = new Replica(kubeconfig, "one");
        eventually().until(() -> replica.platform.cluster().isComplete());
    }

    @AfterEach
    void stop() {
        replica.close();
    }

    @Test
    void whatIsAppliedAndDeletedArrives(ApiServer server) throws Exception {
        server.apply(route("arrives") + """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: istio, namespace: istio-system}
                data: {mesh: 'accessLogFile: ""'}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: objectives, namespace: binnacle, labels: {binnacle.dev/objectives: "true"}}
                data: {shop.yaml: "apiVersion: openslo/v1"}
                ---
                apiVersion: batch/v1
                kind: Job
                metadata: {name: other, namespace: shop}
                spec: {template: {spec: {restartPolicy: Never, containers: [{name: a, image: a}]}}}
                ---
                apiVersion: v1
                kind: Pod
                metadata: {name: bare, namespace: shop, labels: {app: bare}}
                spec: {containers: [{name: a, image: a}]}
                """);
        eventually()
                .untilAsserted(() -> assertThat(replica.manifests())
                        .contains(
                                "VirtualService shop/arrives",
                                "ConfigMap istio-system/istio",
                                "Pod shop/bare",
                                "Namespace shop"));
        assertThat(replica.platform.cluster().state().objectives())
                .extracting(object -> object.name() + " " + object.text())
                .containsExactly("ConfigMap binnacle/objectives shop.yaml apiVersion: openslo/v1");

        server.kubectl("delete", "virtualservice", "arrives", "-n", "shop");
        eventually().until(() -> !replica.manifests().contains("VirtualService shop/arrives"));
    }

    @Test
    void itOutlivesTheApiServerAndWhatItForgets(ApiServer server) throws Exception {
        server.apply(route("before"));
        eventually().until(() -> replica.manifests().contains("VirtualService shop/before"));
        server.kill();
        try {
            eventually().until(() -> replica.report("services").state() == State.STALE);
            eventually().until(() -> !replica.platform.leadership().isLeading());
            assertThat(replica.manifests()).contains("VirtualService shop/before");
            server.compact();
        } finally {
            server.startAgain();
        }
        server.kubectl("delete", "virtualservice", "before", "-n", "shop");
        server.apply(route("after"));

        eventually()
                .untilAsserted(() -> assertThat(replica.manifests())
                        .contains("VirtualService shop/after")
                        .doesNotContain("VirtualService shop/before"));
        eventually().until(() -> replica.platform.leadership().isLeading());
        assertThat(replica.report("virtualservices.networking.istio.io").state())
                .isEqualTo(State.SYNCED);
    }

    @Test
    void anApiServerThatStandsStillCostsTheLeadAndNothingElse(ApiServer server) throws Exception {
        eventually().until(() -> replica.platform.leadership().isLeading());
        int known = replica.manifests().size();
        server.pause();
        try {
            eventually().until(() -> !replica.platform.leadership().isLeading());
            assertThat(replica.manifests()).hasSize(known);
        } finally {
            server.goOn();
        }
        eventually().until(() -> replica.platform.leadership().isLeading());
        eventually().until(() -> replica.report("services").state() == State.SYNCED);
    }

    @Test
    void aKindThatIsInstalledLaterIsReadThen(ApiServer server) throws Exception {
        String crd = "telemetries.telemetry.istio.io";
        String definition = server.kubectl("get", "crd", crd, "-o", "json")
                .replaceAll("\"(resourceVersion|uid)\": \"[^\"]*\",?", "")
                .replaceAll(",(\\s*})", "$1");
        server.kubectl("delete", "crd", crd);
        eventually().until(() -> replica.report(crd).state() == State.ABSENT);
        assertThat(replica.report(crd).reason()).contains("the cluster has no " + crd + " of version v1");
        assertThat(replica.platform.cluster().isComplete()).isTrue();

        server.apply(definition);
        server.kubectl("wait", "--for=condition=Established", "--timeout=60s", "crd", crd);
        eventually().until(() -> replica.report(crd).state() == State.SYNCED);
    }

    @Test
    void aRightThatIsMissingIsNamedAndTheRestWorks(ApiServer server) throws Exception {
        server.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: poor, namespace: binnacle}
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: poor}
                rules: [{apiGroups: [""], resources: [services, pods], verbs: [list, watch]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: poor}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: poor}
                subjects: [{kind: ServiceAccount, name: poor, namespace: binnacle}]
                """);
        try (var poor = new Replica(server.kubeconfig("binnacle", "poor"), "poor")) {
            eventually().until(() -> poor.platform.cluster().isComplete());

            var refused = poor.report("virtualservices.networking.istio.io");
            assertThat(refused.state()).isEqualTo(State.REFUSED);
            assertThat(refused.reason())
                    .contains("cannot list resource \"virtualservices\"")
                    .endsWith("Grant list and watch of virtualservices.networking.istio.io by a ClusterRole");
            assertThat(poor.report("services").state()).isEqualTo(State.SYNCED);
            assertThat(poor.manifests()).contains("Service default/kubernetes");
            assertThat(poor.platform.leadership().trouble()).contains("binnacle-leader", "forbidden");
        }
    }

    @Test
    void generatedObjectsComeAreKeptAndGo(ApiServer server) throws Exception {
        String hostile = "up{a=\"x\\\\\"'$(b){{ $value }}\"} # ünï 😀";
        replica.generators.put(
                "generator-rules",
                sources -> List.of(new GeneratedFile(
                        "prometheus/rules/hostile.yml",
                        "groups:\n- name: g\n  rules:\n  - alert: A\n    expr: |-\n      " + hostile + "\n")));
        replica.generators.put("generator-grafana", Replica.dashboard("overview", "text"));
        eventually()
                .untilAsserted(() -> assertThat(
                                get(server, "prometheusrule/binnacle-hostile", ".spec.groups[0].rules[0].expr"))
                        .isEqualTo(hostile));
        String map = "configmap/" + get(server, "configmap", ".items[0].metadata.name");
        assertThat(get(server, map, ".metadata.labels.grafana_dashboard")).isEqualTo("1");

        // What somebody deletes is made anew.
        server.kubectl("delete", map, "-n", "binnacle");
        eventually()
                .untilAsserted(() ->
                        assertThat(get(server, map, ".data.overview\\.json")).isEqualTo("\"text\""));

        replica.generators.put("generator-grafana", sources -> List.of());
        eventually()
                .untilAsserted(() -> assertThat(get(server, "configmap", ".items[*].metadata.name"))
                        .isEmpty());
        assertThat(get(server, "prometheusrule", ".items[*].metadata.name")).isEqualTo("binnacle-hostile");
    }

    @Test
    void whatSomebodyChangesStaysAndIsNamed(ApiServer server) throws Exception {
        replica.generators.put("generator-grafana", Replica.dashboard("changed", "ours"));
        eventually()
                .until(() ->
                        !get(server, "configmap", ".items[*].metadata.name").isEmpty());
        String map = get(server, "configmap", ".items[0].metadata.name");
        server.kubectl(
                "patch",
                "configmap",
                map,
                "-n",
                "binnacle",
                "--field-manager=someone",
                "--type=merge",
                "-p",
                "{\"data\": {\"changed.json\": \"theirs\"}}");

        eventually()
                .untilAsserted(() -> assertThat(replica.platform.report().problems())
                        .singleElement()
                        .asString()
                        .startsWith("ConfigMap " + map + " is not applied")
                        .contains("conflict with \"someone\"")
                        .contains(".data.changed.json"));
        assertThat(get(server, "configmap/" + map, ".data.changed\\.json")).isEqualTo("theirs");

        // Made no more, it stays too, as somebody wants it.
        replica.generators.put("generator-grafana", sources -> List.of());
        eventually()
                .untilAsserted(() -> assertThat(replica.platform.report().problems())
                        .containsExactly(
                                "ConfigMap " + map + " is made no more, and stays, because someone has changed it."
                                        + " Delete it when it is not needed"));
    }

    @Test
    void whatIsNotOursIsNeitherChangedNorDeleted(ApiServer server) throws Exception {
        server.apply("""
                apiVersion: monitoring.coreos.com/v1
                kind: PrometheusRule
                metadata: {name: binnacle-mine, namespace: binnacle}
                spec: {groups: [{name: mine, rules: []}]}
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: labelled
                  namespace: binnacle
                  labels: {app.kubernetes.io/managed-by: binnacle, binnacle.dev/generator: generator-a}
                data: {a: b}
                """);
        replica.generators.put(
                "generator-a",
                sources -> List.of(
                        new GeneratedFile("prometheus/rules/mine.yml", "groups: []\n"),
                        new GeneratedFile("prometheus/rules/other.yml", "groups: [{name: o, rules: []}]\n")));
        replica.generators.put(
                "generator-b",
                sources -> List.of(new GeneratedFile("prometheus/rules/mine.yml", "groups: [{name: x, rules: []}]\n")));

        eventually()
                .untilAsserted(() -> assertThat(replica.platform.report().problems())
                        .contains(
                                "PrometheusRule binnacle-mine is there already, and is not the platform's: it stays as it"
                                        + " is. Rename or delete it"));
        eventually().until(() -> replica.platform.report().isWhole());
        assertThat(get(server, "prometheusrule/binnacle-mine", ".spec.groups[0].name"))
                .isEqualTo("mine");
        assertThat(get(server, "configmap/labelled", ".data.a")).isEqualTo("b");
        assertThat(get(server, "prometheusrule/binnacle-other", ".spec.groups[0].name"))
                .isEqualTo("o");
    }

    @Test
    void objectsOfAGeneratorWithoutAnAnswerStay(ApiServer server) throws Exception {
        replica.generators.put("generator-grafana", Replica.dashboard("kept", "text"));
        eventually()
                .until(() ->
                        !get(server, "configmap", ".items[*].metadata.name").isEmpty());
        replica.generators.put("generator-other", sources -> List.of());
        replica.generators.remove("generator-grafana");

        eventually()
                .untilAsserted(() -> assertThat(replica.platform.report().problems())
                        .singleElement()
                        .asString()
                        .contains("generator-grafana, which made it, has no answer or does not run"));
        assertThat(get(server, "configmap", ".items[*].metadata.name")).isNotEmpty();
    }

    @Test
    void aLeaderThatIsKilledIsReplacedAndNeverTwoWrite(ApiServer server) throws Exception {
        replica.close();
        var first = process("first");
        try {
            eventually().untilAsserted(() -> assertThat(holder(server)).isEqualTo("first"));
            String key = ".items[0].data.who\\.json";
            eventually()
                    .untilAsserted(
                            () -> assertThat(get(server, "configmap", key)).isEqualTo("\"first\""));
            try (var second = new Replica(kubeconfig, "second")) {
                second.generators.put("generator-who", Replica.dashboard("who", "second"));
                eventually().until(() -> second.platform.leadership().leader().equals("first"));
                assertThat(second.platform.applied()).isZero();
                first.destroyForcibly().waitFor();

                eventually().untilAsserted(() -> assertThat(holder(server)).isEqualTo("second"));
                eventually()
                        .untilAsserted(
                                () -> assertThat(get(server, "configmap", key)).isEqualTo("\"second\""));
                assertThat(second.platform.applied()).isEqualTo(1);
            }
        } finally {
            first.destroyForcibly().waitFor();
        }
        assertThat(holder(server)).isEmpty();
    }

    private static Process process(String name) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Replica.class.getName(),
                        kubeconfig.toString(),
                        name)
                .inheritIO()
                .start();
    }

    private static String holder(ApiServer server) throws Exception {
        return get(server, "lease/binnacle-leader", ".spec.holderIdentity");
    }

    private static String get(ApiServer server, String what, String path) throws Exception {
        return server.kubectl("get", what, "-n", "binnacle", "--ignore-not-found", "-o", "jsonpath={" + path + "}")
                .strip();
    }

    private static String route(String name) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: %1$s, namespace: shop}
                spec: {hosts: [%1$s], http: [{route: [{destination: {host: %1$s}}]}]}
                """.formatted(name);
    }

    private static ConditionFactory eventually() {
        return await().atMost(Duration.ofSeconds(90)).ignoreExceptions();
    }
}
