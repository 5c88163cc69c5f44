package dev.binnacle.mesh.istio;

import static dev.binnacle.mesh.schema.FieldType.DURATION;
import static dev.binnacle.mesh.schema.FieldType.FLAG;
import static dev.binnacle.mesh.schema.FieldType.HOST;
import static dev.binnacle.mesh.schema.FieldType.LINE;
import static dev.binnacle.mesh.schema.FieldType.choice;
import static dev.binnacle.mesh.schema.FieldType.listOf;
import static dev.binnacle.mesh.schema.FieldType.section;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.PathNormalization;
import dev.binnacle.mesh.istio.MeshConfig.Default;
import dev.binnacle.mesh.istio.telemetry.MeshTelemetryReader;
import dev.binnacle.mesh.istio.traffic.ByLocalityReader;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import dev.binnacle.mesh.schema.ShapeChecker;
import dev.binnacle.mesh.yaml.YamlNode;
import dev.binnacle.mesh.yaml.YamlParser;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the mesh configuration: YAML within the ConfigMap that istiod reads. Other ConfigMaps mean nothing here. */
public final class MeshConfigReader {
    private static final String NO_LOG = "sidecars write their access logs to files";
    private static final String MESH = "mesh";

    private static final Duration LONGEST_CONNECT = Duration.ofSeconds(30);

    private static final Shape POLICY = Shape.named("OutboundTrafficPolicy")
            .with(
                    "mode",
                    choice("ALLOW_ANY", "REGISTRY_ONLY"),
                    "unknown hosts are what the settings say stands in for them");

    private static final Shape PATHS = Shape.named("ProxyPathNormalization")
            .with("normalization", choice("DEFAULT", "NONE", "BASE", "MERGE_SLASHES", "DECODE_AND_MERGE_SLASHES"));

    /** The fields of the mesh configuration. */
    public static final Shape SHAPE = MeshTelemetryReader.addTo(Shape.named("MeshConfig"))
            .with("outboundTrafficPolicy", section(POLICY))
            .with("defaultServiceExportTo", listOf(LINE), "one of `*`, `.` and `~`; for ServiceEntries too")
            .with("defaultVirtualServiceExportTo", listOf(LINE), "one of `*` and `.`")
            .with("defaultDestinationRuleExportTo", listOf(LINE), "one of `*` and `.`")
            .with("enableAutoMtls", FLAG)
            .ignore("enableEnvoyAccessLogService", NO_LOG)
            .ignore("disableEnvoyListenerLog", NO_LOG)
            .ignore("enablePrometheusMerge", "the agent of a pod always merges")
            .with("connectTimeout", DURATION, "at most 30 s")
            .with("defaultHttpRetryPolicy", section(RetriesReader.SHAPE))
            .with("localityLbSetting", section(ByLocalityReader.SHAPE))
            .with("h2UpgradePolicy", choice("DO_NOT_UPGRADE", "UPGRADE"))
            .reject("zoneAwareLbSetting", "it needs proxies that know their own Service's pods")
            .reject("defaultTrafficPolicy", "say it in a DestinationRule for *")
            .with("pathNormalization", section(PATHS))
            .reject("rootNamespace", "it is istio-system")
            .reject("trustDomain", "it is cluster.local")
            .with("trustDomainAliases", listOf(HOST), "of policies and of the peers that a server accepts")
            .clusterOnly(
                    "ingressClass",
                    "ingressService",
                    "ingressSelector",
                    "ingressControllerMode",
                    "discoverySelectors",
                    "dnsRefreshRate",
                    "ca",
                    "caCertificates",
                    "certificates",
                    "configSources",
                    "protocolDetectionTimeout",
                    "proxyHttpPort",
                    "proxyListenPort",
                    "proxyInboundListenPort");

    static final ResourceKind KIND = new ResourceKind(
            "ConfigMap",
            List.of("v1"),
            Shape.named("ConfigMap").clusterOnly("data", "binaryData", "immutable"),
            (header, document, problems) -> new MeshConfigReader(problems).read(header, document));

    private final Problems problems;

    private MeshConfigReader(Problems problems) {
        this.problems = problems;
    }

    private Optional<MeshConfig> read(Header header, Section document) {
        if (!header.ref().equals(MeshConfig.NAME)) {
            return Optional.empty();
        }
        return document.section("data")
                .flatMap(data -> data.placed(MESH))
                .flatMap(mesh -> mapping(mesh.text(), mesh.place()))
                .map(mesh -> config(header, mesh));
    }

    /** The text is read as if it began where it stands in its file, so that lines are right. */
    private Optional<Section> mapping(String text, Place at) {
        var parsed = YamlParser.parse(
                at.origin().file(), "\n".repeat(Math.max(0, at.origin().line())) + text);
        int before = problems.errors();
        problems.addAll(parsed.diagnostics());
        parsed.value().forEach(node -> new ShapeChecker(problems).check(node, SHAPE, at));
        return parsed.value().stream()
                .filter(node -> problems.errors() == before)
                .flatMap(node -> node instanceof YamlNode.Mapping m ? Stream.of(new Section(m, at)) : Stream.empty())
                .findFirst();
    }

    private MeshConfig config(Header header, Section mesh) {
        var mode = mesh.section("outboundTrafficPolicy")
                .map(policy -> policy.text("mode").map(UnknownHosts::valueOf).orElse(UnknownHosts.REGISTRY_ONLY));
        return new MeshConfig(
                header.ref(),
                header.origin(),
                mode.orElse(UnknownHosts.ALLOW_ANY),
                visibility(mesh, "defaultServiceExportTo"),
                visibility(mesh, "defaultVirtualServiceExportTo"),
                destinationRules(mesh),
                defaults(mesh),
                mesh.flag("enableAutoMtls").orElse(true),
                MeshTelemetryReader.read(mesh, problems),
                mesh.section("pathNormalization")
                        .flatMap(paths -> paths.text("normalization"))
                        .filter(word -> !word.equals("DEFAULT"))
                        .map(PathNormalization::valueOf)
                        .orElse(PathNormalization.BASE),
                mesh.texts("trustDomainAliases").stream()
                        .map(Section.Placed::text)
                        .toList());
    }

    private ProxyDefaults defaults(Section mesh) {
        mesh.duration("connectTimeout")
                .filter(timeout -> timeout.compareTo(LONGEST_CONNECT) > 0)
                .ifPresent(timeout -> problems.add(
                        DiagnosticCode.BAD_VALUE,
                        mesh.placeOf("connectTimeout"),
                        "Istio allows at most 30s for a connection",
                        "Use a shorter time"));
        return new ProxyDefaults(
                mesh.duration("connectTimeout"),
                new RetriesReader(problems).read(mesh, "defaultHttpRetryPolicy").orElse(ProxyDefaults.ISTIO.retries()),
                mesh.section("localityLbSetting")
                        .map(new ByLocalityReader(problems)::read)
                        .orElse(ProxyDefaults.ISTIO.byLocality()),
                mesh.text("h2UpgradePolicy").filter("UPGRADE"::equals).isPresent());
    }

    /** Istio knows no other default for them than everyone and the own namespace. */
    private Default destinationRules(Section mesh) {
        var result = visibility(mesh, "defaultDestinationRuleExportTo");
        if (result == Default.NOBODY) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    mesh.placeOf("defaultDestinationRuleExportTo"),
                    "a DestinationRule that nobody sees is none: Istio takes ~ for everyone here",
                    "Write * or .");
        }
        return result;
    }

    private Default visibility(Section mesh, String field) {
        var words = mesh.texts(field);
        if (words.isEmpty()) {
            return Default.EVERYONE;
        }
        String word = words.size() == 1 ? words.getFirst().text() : "";
        return switch (word) {
            case "*" -> Default.EVERYONE;
            case "." -> Default.OWN_NAMESPACE;
            case "~" -> Default.NOBODY;
            default -> {
                problems.add(
                        DiagnosticCode.BAD_VALUE,
                        mesh.placeOf(field),
                        field + " is one of *, . and ~",
                        "Name other namespaces in the resources themselves");
                yield Default.EVERYONE;
            }
        };
    }
}
