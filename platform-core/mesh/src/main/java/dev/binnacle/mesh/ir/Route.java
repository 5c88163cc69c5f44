package dev.binnacle.mesh.ir;

/**
 * What happens to requests that match.
 *
 * @param name the user's name for it, or {@code default}
 * @param origin the line that asked for it
 */
public record Route(String name, Origin origin, RouteMatch match, RouteAction action, HeaderChanges headers) {}
