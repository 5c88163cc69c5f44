package dev.binnacle.mesh.xds;

import dev.binnacle.mesh.ir.Carried;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.MeshSettings;
import dev.binnacle.mesh.ir.ProxyIr;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * From the intermediate form to what each Envoy is told. Proxies that are told the same get the very same lists, also from
 * one rendering to the next, so that who sends them sees at a glance what has changed.
 */
public final class ProxyRenderer {
    private final MeshSettings settings;
    private final RenderedLists lists;

    private ProxyRenderer(MeshSettings settings, Carried rendered) {
        this.settings = settings;
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
        var renderer = new ProxyRenderer(mesh.settings(), rendered);
        var result = new TreeMap<String, ProxyResources>();
        mesh.proxies().forEach(proxy -> result.put(proxy.id(), renderer.render(proxy)));
        return Collections.unmodifiableMap(result);
    }

    /** Renders one proxy. */
    public static ProxyResources render(ProxyIr proxy, MeshSettings settings) {
        return new ProxyRenderer(settings, new Carried()).render(proxy);
    }

    private ProxyResources render(ProxyIr proxy) {
        var listeners = new ListenerRenderer(proxy.self(), proxy.guard(), settings, proxy.telemetry());
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
