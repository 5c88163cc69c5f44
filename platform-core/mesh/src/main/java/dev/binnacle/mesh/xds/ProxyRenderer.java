package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.ProxyIr;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * From the intermediate form to what each Envoy is told. Proxies that are told the same get the very same lists, also from
 * one rendering to the next, so that who sends them sees at a glance what has changed.
 */
public final class ProxyRenderer {
    private final String trustDomain;
    private final RenderedLists lists;

    private ProxyRenderer(String trustDomain, Carried rendered) {
        this.trustDomain = trustDomain;
        this.lists = new RenderedLists(rendered);
    }

    /** Renders every proxy of the mesh, by pod id. */
    public static Map<String, ProxyResources> render(MeshIr mesh) {
        return render(mesh, new Carried());
    }

    /**
     * Does the same with less work.
     *
     * @param rendered what an earlier rendering made; added to
     */
    public static Map<String, ProxyResources> render(MeshIr mesh, Carried rendered) {
        var renderer = new ProxyRenderer(mesh.trustDomain(), rendered);
        var result = new TreeMap<String, ProxyResources>();
        mesh.proxies().forEach(proxy -> result.put(proxy.id(), renderer.render(proxy)));
        return Collections.unmodifiableMap(result);
    }

    /** Renders one proxy. */
    public static ProxyResources render(ProxyIr proxy, String trustDomain) {
        return new ProxyRenderer(trustDomain, new Carried()).render(proxy);
    }

    private ProxyResources render(ProxyIr proxy) {
        var listeners = new ListenerRenderer(proxy.self(), proxy.guard(), trustDomain, proxy.telemetry());
        return new ProxyResources(
                lists.listeners(proxy, listeners),
                lists.filters(proxy, listeners),
                lists.routes(proxy),
                lists.clusters(proxy),
                lists.endpoints(proxy),
                lists.secrets(proxy),
                proxy.hosts());
    }
}
