package dev.binnacle.mesh.istio;

import dev.binnacle.mesh.ir.RouteAction.Retries;
import dev.binnacle.mesh.istio.traffic.LoadBalancer.ByLocality;
import java.time.Duration;
import java.util.Optional;

/**
 * What proxies do where no rule says otherwise.
 *
 * @param connectTimeout empty for Istio's 10 s
 * @param retries of routes; with no attempts there are none
 * @param byLocality what localities mean
 * @param http2 whether HTTP/2 is spoken to ports that are for HTTP/1.1
 */
public record ProxyDefaults(Optional<Duration> connectTimeout, Retries retries, ByLocality byLocality, boolean http2) {
    /** Istio's own. */
    public static final ProxyDefaults ISTIO =
            new ProxyDefaults(Optional.empty(), Retries.DEFAULT, ByLocality.DEFAULT, false);
}
