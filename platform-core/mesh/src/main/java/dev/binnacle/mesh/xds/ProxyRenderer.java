package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Cluster.Discovery;
import dev.binnacle.mesh.ir.Cluster.Outbound;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.ProxyIr;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** From the intermediate form to what each Envoy is told. */
public final class ProxyRenderer {
    private ProxyRenderer() {}

    /** Renders every proxy of the mesh, by pod id. */
    public static Map<String, ProxyResources> render(MeshIr mesh) {
        var result = new TreeMap<String, ProxyResources>();
        mesh.proxies().forEach(proxy -> result.put(proxy.id(), render(proxy, mesh.trustDomain())));
        return Collections.unmodifiableMap(result);
    }

    /** Renders one proxy. */
    public static ProxyResources render(ProxyIr proxy, String trustDomain) {
        var listeners = new ListenerRenderer(proxy.self(), trustDomain);
        var routes = new RouteRenderer(proxy.self());
        return new ProxyResources(
                proxy.listeners().stream().map(listeners::render).toList(),
                List.of(),
                proxy.routeTables().stream().map(routes::render).toList(),
                proxy.clusters().stream().map(ClusterRenderer::render).toList(),
                proxy.clusters().stream()
                        .filter(Outbound.class::isInstance)
                        .map(Outbound.class::cast)
                        .filter(cluster -> cluster.discovery() == Discovery.EDS)
                        .map(EndpointRenderer::render)
                        .toList(),
                proxy.hosts());
    }
}
