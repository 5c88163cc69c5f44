package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.istio.gateway.GatewayReader;
import dev.binnacle.mesh.istio.limit.EnvoyFilterReader;
import dev.binnacle.mesh.istio.security.SecurityKinds;
import dev.binnacle.mesh.istio.telemetry.TelemetryReader;
import dev.binnacle.mesh.schema.ResourceKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of Istio's API: those that are read, and those that are refused with the reason. */
public final class IstioKinds {
    private static final String LATER = "is not supported yet: it takes no effect";

    /** The API versions of what routes. */
    public static final List<String> NETWORKING =
            List.of("networking.istio.io/v1", "networking.istio.io/v1beta1", "networking.istio.io/v1alpha3");

    /** Kinds that are read. */
    public static final List<ResourceKind> READ = Stream.of(
                    List.of(
                            VirtualServiceReader.KIND,
                            DestinationRuleReader.KIND,
                            GatewayReader.KIND,
                            ServiceEntryReader.KIND,
                            WorkloadEntryReader.KIND,
                            SidecarReader.KIND),
                    SecurityKinds.READ,
                    List.of(TelemetryReader.KIND, EnvoyFilterReader.KIND))
            .flatMap(List::stream)
            .toList();

    private static final Map<String, String> REJECTED = Map.ofEntries(
            Map.entry(
                    "WorkloadGroup",
                    "is not supported: nothing registers itself on one machine; write WorkloadEntries"),
            Map.entry("ProxyConfig", LATER),
            Map.entry("WasmPlugin", LATER),
            Map.entry(
                    "EnvoyFilter",
                    "is not supported but for a local rate limit: it patches the configuration that istiod generates,"
                            + " and this Envoy runs configuration of its own"));

    /** The ConfigMap of the mesh configuration. */
    public static final ResourceKind MESH_CONFIG = MeshConfigReader.KIND;

    private IstioKinds() {}

    /** Returns every kind that is refused, with the reason. */
    public static Map<String, String> rejected() {
        return REJECTED;
    }

    /** Returns why resources of this kind are refused; empty when the kind is not Istio's or is read. */
    public static Optional<String> rejected(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        String group = slash < 0 ? "" : apiVersion.substring(0, slash);
        return group.endsWith(".istio.io") ? Optional.ofNullable(REJECTED.get(kind)) : Optional.empty();
    }
}
