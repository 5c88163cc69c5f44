package dev.binnacle.mesh.istio;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The part of a rule's condition that is about who calls, not about what is sent. */
public interface CallerMatch {
    /** Returns the port the client called, if it matters. */
    Optional<Integer> port();

    /** Returns the labels that the client's pod must have. */
    Map<String, String> sourceLabels();

    /** Returns the namespace the client must be in, if it matters. */
    Optional<String> sourceNamespace();

    /** Returns for which of the VirtualService's gateways the condition holds; for all when empty. */
    Set<String> gateways();
}
