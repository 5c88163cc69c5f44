package dev.binnacle.mesh.ir;

import java.util.List;

/**
 * The routes for one host.
 *
 * @param name {@code FQDN:PORT}
 * @param domains what the Host header may say; {@code *} takes the rest
 * @param inMesh whether the other side may be told who is calling, by header, where there is no certificate
 * @param httpsOnly whether plain HTTP is redirected to HTTPS
 */
public record VirtualHost(
        String name, List<String> domains, boolean inMesh, boolean httpsOnly, List<Route> routes, Origin origin) {
    /** Returns the same routes for other domains. */
    public VirtualHost withDomains(List<String> others) {
        return others.equals(domains) ? this : new VirtualHost(name, others, inMesh, httpsOnly, routes, origin);
    }
}
