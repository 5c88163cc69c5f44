package dev.binnacle.mesh.ir;

import java.util.Optional;

/**
 * What happens to requests that match.
 *
 * @param name the user's name for it, or {@code default}
 * @param origin the line that asked for it
 * @param fault trouble made before the action; empty for none
 * @param cors what is answered and added for browsers; empty for nothing
 */
public record Route(
        String name,
        Origin origin,
        RouteMatch match,
        RouteAction action,
        HeaderChanges headers,
        Optional<Fault> fault,
        Optional<Cors> cors) {
    /** Returns a route that does nothing beside its action. */
    public static Route plain(String name, Origin origin, RouteMatch match, RouteAction action) {
        return new Route(name, origin, match, action, HeaderChanges.NONE, Optional.empty(), Optional.empty());
    }
}
