package dev.binnacle.mesh.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.binnacle.mesh.Translated;
import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.diagnostic.Severity;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.random.RandomManifests;
import dev.binnacle.mesh.traffic.Steering.FaultHeader;
import dev.binnacle.mesh.traffic.Steering.HeaderRule;
import dev.binnacle.mesh.traffic.Steering.WantedFault;
import dev.binnacle.mesh.traffic.Steering.Weight;
import dev.binnacle.mesh.xds.ResourcesJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RoutingDraftTest {
    private static final String SERVICE = """
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: catalog}
            spec: {selector: {app: catalog}, ports: [{name: http, port: 8080}]}
            """;
    private static final String SUBSETS = """
            ---
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: {name: catalog}
            spec: {host: catalog, subsets: [{name: v1, labels: {version: v1}}, {name: v2, labels: {version: v2}}]}
            """;
    private static final String RULES = """
            ---
            # Kept in words only.
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: catalog, annotations: {note: "0123"}}
            spec:
              hosts: [catalog]
              http:
              - name: testers
                match: [{headers: {x-user-group: {exact: testers}}}]
                route: [{destination: {host: catalog, subset: v2}}]
                timeout: 2s
              - name: split
                retries: {attempts: 3, perTryTimeout: 1s}
                route:
                - destination: {host: catalog, subset: v1}
                  weight: 80
                  headers: {request: {set: {x-from: "on"}}}
                - {destination: {host: catalog, subset: v2}, weight: 20}
            """;
    private static final String MESH = SERVICE + workload("v1") + workload("v2") + workload("v3") + SUBSETS + RULES;

    private static String workload(String version) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: catalog-%s}
                spec:
                  selector: {matchLabels: {app: catalog, version: %s}}
                  template:
                    metadata: {labels: {app: catalog, version: %s}}
                    spec: {containers: [{name: app, image: x, ports: [{containerPort: 8080}]}]}
                """.formatted(version, version, version);
    }

    private static ServiceRouting routing(String mesh) {
        return routing(List.of(new ManifestFile("mesh.yaml", mesh)), "default", "catalog");
    }

    private static ServiceRouting routing(List<ManifestFile> files, String namespace, String name) {
        return ServiceRouting.of(seen(files), namespace, name).orElseThrow();
    }

    private static SeenMesh seen(List<ManifestFile> files) {
        var manifests = Translation.read(files).value();
        var topology = Translation.plan(manifests);
        return new SeenMesh(
                manifests,
                files,
                Translation.compile(manifests, topology).value().proxies(),
                topology.pods());
    }

    private static Steering weights(Weight... weights) {
        return new Steering(null, List.of(weights), null, null);
    }

    private static Drafted.Draft draft(String mesh, Steering wanted) {
        var drafted = RoutingDraft.of(routing(mesh), wanted);
        assertThat(drafted).isInstanceOf(Drafted.Draft.class);
        return (Drafted.Draft) drafted;
    }

    private static String refused(String mesh, Steering wanted) {
        var drafted = RoutingDraft.of(routing(mesh), wanted);
        assertThat(drafted).isInstanceOf(Drafted.Refused.class);
        return ((Drafted.Refused) drafted).why();
    }

    /** The routing once the draft is in force. */
    private static Routing after(String mesh, Drafted.Draft draft) {
        var files = new ArrayList<>(List.of(new ManifestFile("mesh.yaml", mesh)));
        files.addAll(draft.files());
        var base = Translation.read(List.of(files.getFirst())).value();
        var laid = base.overlaid(Translation.read(draft.files()).value());
        assertThat(Translated.of(base, Translation.plan(base))
                        .check(base, draft.files(), Translation::plan, Instant.EPOCH))
                .noneMatch(d -> d.severity() == Severity.ERROR);
        return ServiceRouting.of(new SeenMesh(laid, files, List.of(), List.of()), "default", "catalog")
                .orElseThrow()
                .routing();
    }

    @Test
    void theRoutingIsSaidInWordsAndValues() {
        var routing = routing(MESH).routing();

        assertThat(routing.editable()).isTrue();
        assertThat(routing.rules())
                .extracting(Routing.Rule::when)
                .containsExactly("header x-user-group is \"testers\"", "every request");
        assertThat(routing.rules().get(1).then())
                .isEqualTo("80 % to v1 of catalog.default.svc.cluster.local, 20 % to v2 of"
                        + " catalog.default.svc.cluster.local; up to 3 further tries");
        assertThat(routing.rules().get(0).timeout()).isEqualTo(2000);
        assertThat(routing.rules().get(1).destinations())
                .extracting(
                        Routing.Destination::version, Routing.Destination::weight, Routing.Destination::readyEndpoints)
                .containsExactly(tuple("v1", 80L, 1), tuple("v2", 20L, 1));
        assertThat(routing.subsets())
                .extracting(Routing.Subset::name, Routing.Subset::defined)
                .containsExactly(tuple("v1", true), tuple("v2", true), tuple("v3", false));
        assertThat(routing.policies()).extracting(Routing.Policy::kind).containsExactly("DestinationRule");
    }

    @Test
    void weightsChangeAndAllElseStays() {
        var draft = draft(MESH, weights(new Weight("v1", 50), new Weight("v2", 50)));

        assertThat(draft.words())
                .containsExactly("Every request: 80 % to v1 become 50 %", "Every request: 20 % to v2 become 50 %");
        assertThat(draft.yaml())
                .contains("note: \"0123\"", "x-from: \"on\"", "perTryTimeout: \"1s\"")
                .doesNotContain("weight: 80");
        var after = after(MESH, draft);
        assertThat(after.rules().get(1).destinations())
                .extracting(Routing.Destination::weight)
                .containsExactly(50L, 50L);
        assertThat(after.rules().get(0))
                .usingRecursiveComparison()
                .ignoringFields("origin", "destinations")
                .isEqualTo(routing(MESH).routing().rules().get(0));
        assertThat(after.revision()).isNotEqualTo(routing(MESH).routing().revision());
    }

    @Test
    void aVersionWithoutASubsetGetsOne() {
        var draft = draft(MESH, weights(new Weight("v1", 80), new Weight("v2", 10), new Weight("v3", 10)));

        assertThat(draft.yaml()).contains("kind: DestinationRule", "version: v3");
        assertThat(after(MESH, draft).subsets()).allMatch(Routing.Subset::defined);
    }

    @Test
    void aServiceWithoutRulesGetsThem() {
        String plain = SERVICE + workload("v1") + workload("v2");
        assertThat(draft(plain, Steering.NOTHING).files()).isEmpty();

        var draft = draft(plain, weights(new Weight(null, 0), new Weight("v1", 90), new Weight("v2", 10)));

        assertThat(draft.before()).isEmpty();
        assertThat(after(plain, draft).rules().getFirst().destinations())
                .extracting(Routing.Destination::weight)
                .containsExactly(0L, 90L, 10L);
    }

    @Test
    void theRulesForHeadersAreThoseThatAreWanted() {
        var wanted = new Steering(
                null,
                null,
                List.of(
                        new HeaderRule("x-user-group", "testers", "exact", "v1"),
                        new HeaderRule("x-beta", "on", null, "v2")),
                null);
        var after = after(MESH, draft(MESH, wanted));

        assertThat(after.rules())
                .extracting(Routing.Rule::when)
                .containsExactly("header x-beta is \"on\"", "header x-user-group is \"testers\"", "every request");
        assertThat(after.rules().get(1).destinations().getFirst().subset()).isEqualTo("v1");
        assertThat(after.rules().get(1).timeout()).isEqualTo(2000);

        assertThat(after(MESH, draft(MESH, new Steering(null, null, List.of(), null)))
                        .rules())
                .extracting(Routing.Rule::when)
                .containsExactly("every request");
    }

    @Test
    void faultsComeAndGo() {
        var everyone = new Steering(null, null, null, new WantedFault(100L, 50.0, 503, null, null));
        var draft = draft(MESH, everyone);
        assertThat(after(MESH, draft).rules().get(1).fault())
                .isEqualTo(new Routing.Fault(new Routing.Delay(100, 50), new Routing.Abort(503, null, 100)));
        String disturbed = SERVICE + workload("v1") + workload("v2") + SUBSETS + "---\n" + draft.yaml();
        var calm = draft(disturbed, new Steering(null, null, null, new WantedFault(null, null, null, null, null)));
        assertThat(after(disturbed, calm).rules().get(1).fault()).isNull();

        var some = new Steering(
                null, null, null, new WantedFault(null, null, 500, 100.0, new FaultHeader("x-fault", "yes")));
        var apart = after(MESH, draft(MESH, some));
        assertThat(apart.rules())
                .extracting(Routing.Rule::when)
                .startsWith("header x-fault is \"yes\"")
                .hasSize(3);
        assertThat(apart.rules().get(0).retries())
                .isEqualTo(apart.rules().get(2).retries());
        assertThat(apart.rules().get(2).fault()).isNull();
    }

    @Test
    void whatMakesNoSenseIsRefusedWithAReason() {
        assertThat(refused(MESH, weights(new Weight("v1", 50), new Weight("v2", 49))))
                .contains("99 percent");
        assertThat(refused(MESH, weights(new Weight("v1", 100)))).contains("say nothing about v2");
        assertThat(refused(MESH, weights(new Weight("v1", 200), new Weight("v2", -100))))
                .contains("0 to 100");
        assertThat(refused(MESH, weights(new Weight("v1", 40), new Weight("v2", 40), new Weight("v9", 20))))
                .contains("no subset \"v9\"", "v1, v2, v3");
        assertThat(refused(MESH, new Steering(7, null, null, null))).contains("no rule 7");
        assertThat(refused(MESH, new Steering(null, null, List.of(new HeaderRule("a b", "x", null, "v1")), null)))
                .contains("not the name of a header");
        assertThat(refused(MESH, new Steering(null, null, List.of(new HeaderRule("a", "x\ny", null, "v1")), null)))
                .contains("one line");
        assertThat(refused(MESH, new Steering(null, null, null, new WantedFault(1L, Double.NaN, null, null, null))))
                .contains("percent");
        assertThat(refused(MESH, new Steering(null, null, null, new WantedFault(null, null, 99, null, null))))
                .contains("200 to 599");
    }

    @Test
    void whatCannotBeEditedSafelySaysWhy() {
        String second = MESH + "---\n" + """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: other}
                spec: {hosts: [catalog], http: [{route: [{destination: {host: catalog}}]}]}
                """;
        assertThat(routing(second).routing().why()).contains("several VirtualServices", "default/other");
        assertThat(refused(second, Steering.NOTHING)).contains("several");

        String delegating = SERVICE + """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: root}
                spec: {hosts: [catalog], http: [{delegate: {name: leaf}}]}
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: leaf}
                spec: {http: [{route: [{destination: {host: catalog}}]}]}
                """;
        assertThat(routing(delegating).routing().why()).contains("delegates");
        assertThat(routing(delegating).routing().rules()).hasSize(1);

        String wide = SERVICE + """
                ---
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: wide}
                spec: {hosts: ["*.default.svc.cluster.local"], http: [{route: [{destination: {host: catalog}}]}]}
                """;
        assertThat(routing(wide).routing().why()).contains("more hosts than this one");
    }

    @Test
    void aRouteOfGatewayApiIsReadAndNotEdited() {
        var routing = routing(SERVICE + """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: HTTPRoute
                metadata: {name: catalog}
                spec:
                  parentRefs: [{group: "", kind: Service, name: catalog}]
                  rules: [{backendRefs: [{name: catalog, port: 8080}]}]
                """).routing();
        assertThat(routing.editable()).isFalse();
        assertThat(routing.why()).contains("Gateway API");
        assertThat(routing.rules()).isNotEmpty();
    }

    /** A draft that changes nothing means the same, whatever the mesh. */
    @Test
    void nothingChangedIsTheSameForEveryEnvoy() {
        int drafts = 0;
        for (long seed = 1; seed <= Integer.getInteger("binnacle.drafts.configurations", 12); seed++) {
            var files = List.of(
                    new ManifestFile("mesh.yaml", RandomManifests.of(seed).yaml()));
            var mesh = seen(files);
            String before = resources(mesh.manifests());
            for (var service : mesh.manifests().services()) {
                var routing =
                        routing(files, service.ref().namespace(), service.ref().name());
                if (RoutingDraft.of(routing, Steering.NOTHING) instanceof Drafted.Draft draft
                        && !draft.files().isEmpty()) {
                    drafts++;
                    var read = Translation.read(draft.files());
                    assertThat(read.hasErrors())
                            .as("seed %d: %s", seed, draft.yaml())
                            .isFalse();
                    assertThat(resources(mesh.manifests().overlaid(read.value())))
                            .as("seed %d: %s", seed, draft.yaml())
                            .isEqualTo(before);
                }
            }
        }
        assertThat(drafts).isPositive();
    }

    /** Where something is written is all that may differ. */
    private static String resources(Manifests manifests) {
        var told = Translation.translate(manifests, Translation.plan(manifests)).value();
        Map<String, String> all = new TreeMap<>();
        told.forEach((pod, resources) -> all.put(
                pod,
                ResourcesJson.json(resources).toString().replaceAll("\"origin\":\\s*\"[^\"]*\"", "\"origin\":\"\"")));
        return all.toString();
    }
}
