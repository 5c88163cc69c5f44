package dev.binnacle.mesh.ir;

import java.util.List;

/**
 * A route configuration.
 *
 * @param name {@code 8080} in the mesh, {@code http.8080} at a gateway, {@code http_proxy} for port 15001
 * @param ignoresPort whether the port in the Host header is left out of the comparison
 */
public record RouteTable(String name, boolean ignoresPort, List<VirtualHost> virtualHosts) {}
