package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.ir.HeaderChanges;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is to say about a request. */
public sealed interface Explanation {

    /**
     * Nothing decides the request, because the question is about something that does not exist.
     *
     * @param message what is wrong, with the value
     * @param fix what to ask instead
     */
    record Unanswered(String message, String fix) implements Explanation {}

    /**
     * What decides the request.
     *
     * @param from the pod whose proxy decides
     * @param listener the listener that takes it
     * @param authority the Host header that the client sends; null for TCP
     * @param virtualHost the virtual host that its Host header selects; null for TCP
     * @param route the rule; null when none matches
     * @param action {@code forward}, {@code redirect}, {@code direct response}, {@code pass through}, {@code not found}, {@code
     *     blocked}, {@code tcp} or {@code closed}
     * @param effects what the proxy does to it; null for TCP
     * @param clusters where it may go
     * @param policies what else has a say
     * @param tls how it travels: {@code mutual} TLS of the mesh, {@code tls} with others, {@code plaintext}, {@code mixed},
     *     or {@code none} when it goes nowhere
     * @param others the rules for the same host that do not decide, those that the proxy tries first in its order
     * @param notes what else is worth knowing, problems first
     */
    record Answer(
            String from,
            String listener,
            @Nullable String authority,
            @Nullable String virtualHost,
            @Nullable Rule route,
            String action,
            @Nullable Effects effects,
            List<Target> clusters,
            List<Policy> policies,
            String tls,
            List<Other> others,
            List<String> notes)
            implements Explanation {}

    /**
     * The line that made a route.
     *
     * @param name the user's name for it, {@code default} where no VirtualService decides
     * @param resource the resource around the line; null for the platform's own routes
     */
    record Rule(
            String file, int line, String name, @Nullable ResourceRef resource) {}

    /**
     * A rule that does not decide.
     *
     * @param leadsTo what it would do: hosts and subsets, or an action
     * @param reasons why not
     */
    record Other(Rule route, String leadsTo, List<String> reasons) {}

    /**
     * A cluster that may get the request.
     *
     * @param weight relative to the sum of all; 100 for the only one
     * @param endpoints the pods that may answer
     * @param headers changes for this cluster's requests and answers
     * @param authority the Host header that this cluster's pods see, when it is another than the others'
     */
    record Target(
            String name,
            String host,
            String subset,
            int port,
            int weight,
            List<Pod> endpoints,
            HeaderChanges headers,
            @Nullable String authority) {}

    /**
     * A pod that may answer.
     *
     * @param locality {@code region/zone/subzone} as far as it is known; may be empty
     * @param priority those above 0 get requests only when those below fail
     */
    record Pod(String pod, String address, int port, String locality, int priority) {}

    /**
     * A resource that has a say beside the route.
     *
     * @param effect what it does here
     */
    record Policy(String kind, String namespace, String name, String file, int line, String effect) {}
}
