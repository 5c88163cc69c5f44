package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.istio.VirtualService.Destination;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where connections go, by what can be seen of them before anybody has spoken, or by the name that TLS clients ask for.
 *
 * @param matches the rule applies when one of them holds, or always when there is none
 */
public record ConnectionRule(Place place, List<Match> matches, List<Destination> destinations) {
    /**
     * One condition: all of it must hold.
     *
     * @param names what TLS clients ask for (SNI), perhaps with {@code *} in the place of the first label; empty for any
     * @param subnets where the connection was meant to go; empty for anywhere
     * @param port the port the client called, if it matters
     * @param gateways for which of the VirtualService's gateways it holds; for all when empty
     */
    public record Match(
            List<String> names,
            List<String> subnets,
            Optional<Integer> port,
            Map<String, String> sourceLabels,
            Optional<String> sourceNamespace,
            Set<String> gateways)
            implements CallerMatch {}
}
