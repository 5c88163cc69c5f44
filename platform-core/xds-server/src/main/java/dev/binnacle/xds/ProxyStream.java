package dev.binnacle.xds;

import com.google.protobuf.Value;
import dev.binnacle.xds.Subscription.Answer;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * One open stream of one proxy. Confined to the server's thread.
 *
 * <p>A change arrives in an order in which traffic never points to something the proxy lacks: clusters and their
 * endpoints first; listeners, filters, routes and virtual hosts once the proxy has acknowledged those (Envoy does so when
 * new clusters are warm); clusters that went away last, when nothing uses them any more.
 *
 * <p>Envoy drops virtual hosts of a table that it has not taken, and acknowledges a new table only when its first virtual
 * hosts have come. So these follow their table on the stream, without waiting for its answer, and follow it again when
 * the proxy may have dropped them.
 */
final class ProxyStream {
    private static final int NAMES_SHOWN = 5;
    private static final List<XdsType> TYPES = List.of(XdsType.values());
    private static final String ABSENT = Subscription.ABSENT;

    private final Node node;
    private final ServerCallStreamObserver<Response> out;
    private final PilotMetrics metrics;
    private final Map<XdsType, Subscription> subscriptions = new EnumMap<>(XdsType.class);
    private final Map<XdsType, Instant> sent = new EnumMap<>(XdsType.class);
    private NodeSnapshot wanted;
    private boolean published;
    private long nonces;

    ProxyStream(Node node, ServerCallStreamObserver<Response> out, PilotMetrics metrics) {
        this.node = node;
        this.out = out;
        this.metrics = metrics;
        this.wanted = NodeSnapshot.EMPTY;
    }

    String nodeId() {
        return node.getId();
    }

    /** Returns what istiod puts into the label {@code version} of {@code pilot_xds}: the Istio version a proxy names, else Envoy's. */
    String version() {
        var istio = node.getMetadata().getFieldsOrDefault("ISTIO_VERSION", Value.getDefaultInstance());
        if (!istio.getStringValue().isEmpty()) {
            return istio.getStringValue();
        }
        var envoy = node.getUserAgentBuildVersion().getVersion();
        return envoy.getMajorNumber() + "." + envoy.getMinorNumber() + "." + envoy.getPatch();
    }

    /** Sets what the proxy should have and sends what can be sent now. */
    void want(NodeSnapshot snapshot) {
        wanted = snapshot;
        published = true;
        flush();
    }

    /** Handles one request of a known type. */
    void request(XdsType type, DeltaDiscoveryRequest request) {
        var known = subscriptions.get(type);
        if (known == null) {
            // A nonce on the first request of a type belongs to an earlier stream.
            subscriptions.put(type, new Subscription(type, request));
        } else {
            known.update(request);
            answer(known, type, request);
        }
        flush();
    }

    /** Sends what is due as far as the transport takes it; called again when it can take more. */
    void flush() {
        if (!published) {
            return;
        }
        for (var type : TYPES) {
            var subscription = subscriptions.get(type);
            if (!out.isReady() || subscription == null || subscription.busy()) {
                continue;
            }
            var due = due(type, subscription);
            boolean owed = subscription.owed() && pending(type, subscription).isEmpty();
            if (!due.isEmpty() || owed) {
                send(type, subscription, subscription.portionOf(due, wanted.of(type)));
            }
        }
    }

    /** Tells whether the proxy has everything it should have, apart from what it refused. */
    boolean settled() {
        return published && none(this::open);
    }

    /** Tells whether nothing more will happen until something new is published. */
    boolean finished() {
        return settled() || !none(type -> !rejections(type).isEmpty()) && idle();
    }

    /** Returns what is open, in words for people. */
    String missing() {
        if (!published) {
            return "the proxy is not among the pods";
        }
        return TYPES.stream().filter(this::open).map(this::missing).collect(Collectors.joining("; "));
    }

    /** Returns all refusals that stand. */
    List<Rejection> rejections() {
        return TYPES.stream().flatMap(type -> rejections(type).stream()).toList();
    }

    ProxyStatus status() {
        var types = new EnumMap<XdsType, ProxyStatus.TypeStatus>(XdsType.class);
        for (var type : TYPES) {
            var refusals = rejections(type);
            var error = refusals.isEmpty()
                    ? Optional.<String>empty()
                    : Optional.of(refusals.getLast().toString());
            String version = wanted.of(type).version();
            boolean acked = refusals.isEmpty() && !open(type);
            types.put(type, new ProxyStatus.TypeStatus(version, Optional.ofNullable(sent.get(type)), acked, error));
        }
        var rejections = rejections();
        return new ProxyStatus(nodeId(), version(), true, rejections.isEmpty() && settled(), types, rejections);
    }

    private void answer(Subscription subscription, XdsType type, DeltaDiscoveryRequest request) {
        if (request.getResponseNonce().isEmpty()) {
            return;
        }
        var error = request.hasErrorDetail() ? request.getErrorDetail() : null;
        var answer = subscription.answered(request.getResponseNonce(), error == null ? null : error.getMessage());
        if (answer == Answer.NACK && error != null) {
            metrics.rejected(type, ProxyStatus.proxyOf(nodeId()), error.getCode());
        } else if (answer == Answer.STALE) {
            metrics.expiredNonce(type);
        }
    }

    /** Returns what the proxy has to be told sooner or later. */
    private Changes pending(XdsType type, Subscription subscription) {
        var pending = subscription.pending(wanted.of(type));
        return switch (type) {
            case CLUSTER, ENDPOINT, LISTENER -> pending;
            case FILTER, ROUTE, SECRET ->
                // Listeners that drain still use it; when none does, Envoy itself stops asking for it.
                pending.without((name, version) -> version.equals(ABSENT) && subscription.holds(name));
            case VIRTUAL_HOST ->
                pending.tables().stream().allMatch(this::takesVirtualHosts)
                        ? pending
                        : pending.without(this::isWithheld);
        };
    }

    private boolean takesVirtualHosts(String table) {
        var routes = subscriptions.get(XdsType.ROUTE);
        return routes != null
                && routes.isTold(table)
                && wanted.of(XdsType.ROUTE).get(table) != null;
    }

    /** A virtual host comes after its table, and goes alone or after its table. */
    private boolean isWithheld(String name, String version) {
        var routes = subscriptions.get(XdsType.ROUTE);
        String table = RouteTables.tableOf(name);
        if (routes == null) {
            return true;
        }
        return version.equals(ABSENT)
                ? wanted.of(XdsType.ROUTE).get(table) == null && routes.asksFor(table)
                : !routes.isTold(table);
    }

    /** Returns what the proxy can be told now. */
    private Changes due(XdsType type, Subscription subscription) {
        var pending = pending(type, subscription);
        if (pending.isEmpty()) {
            return pending;
        }
        return switch (type) {
            case CLUSTER -> trafficSettled() ? pending : pending.without((name, version) -> version.equals(ABSENT));
            case ENDPOINT ->
                quiet(XdsType.CLUSTER)
                        ? pending
                        : pending.without((name, version) -> version.equals(ABSENT) && subscription.holds(name));
            case SECRET -> pending;
            case LISTENER, FILTER, ROUTE, VIRTUAL_HOST ->
                upstreamBusy() ? Changes.NONE : bearable(type, subscription, pending);
        };
    }

    /** Last good: routes may depend on what was refused, so those in use stay as they are, a table as a whole. */
    private Changes bearable(XdsType type, Subscription subscription, Changes pending) {
        if (rejections(XdsType.CLUSTER).isEmpty()
                && rejections(XdsType.ENDPOINT).isEmpty()) {
            return pending;
        }
        if (type != XdsType.VIRTUAL_HOST) {
            return pending.without((name, version) -> subscription.holds(name));
        }
        var inUse = pending.tables().stream().filter(subscription::holdsOfTable).collect(Collectors.toSet());
        return pending.without((name, version) -> inUse.contains(RouteTables.tableOf(name)));
    }

    private boolean upstreamBusy() {
        return busyOrDue(XdsType.CLUSTER) || busyOrDue(XdsType.ENDPOINT);
    }

    private boolean busyOrDue(XdsType type) {
        var subscription = subscriptions.get(type);
        return subscription != null
                && (subscription.busy() || !due(type, subscription).isEmpty());
    }

    private boolean trafficSettled() {
        return quiet(XdsType.LISTENER) && quiet(XdsType.FILTER) && quiet(XdsType.ROUTE) && quiet(XdsType.VIRTUAL_HOST);
    }

    private boolean quiet(XdsType type) {
        return !open(type) && rejections(type).isEmpty();
    }

    private boolean idle() {
        return none(this::busyOrDue);
    }

    private static boolean none(Predicate<XdsType> condition) {
        for (var type : TYPES) {
            if (condition.test(type)) {
                return false;
            }
        }
        return true;
    }

    private List<Rejection> rejections(XdsType type) {
        var subscription = subscriptions.get(type);
        return subscription == null ? List.of() : subscription.rejections(wanted.of(type));
    }

    /** Tells whether the proxy lacks something of {@code type}, has not answered, or has not asked for all it will need. */
    private boolean open(XdsType type) {
        var subscription = subscriptions.get(type);
        if (subscription == null) {
            return switch (type) {
                case CLUSTER, LISTENER -> true;
                case ENDPOINT, SECRET, FILTER, ROUTE -> !expected(type).isEmpty();
                case VIRTUAL_HOST -> !expected(XdsType.ROUTE).isEmpty();
            };
        }
        return subscription.busy() || !pending(type, subscription).isEmpty() || !subscription.asksFor(expected(type));
    }

    private String missing(XdsType type) {
        var subscription = subscriptions.get(type);
        if (subscription == null) {
            return type.plural() + ": not asked for yet";
        }
        var pending = pending(type, subscription).versions().keySet();
        if (pending.isEmpty()) {
            return type.plural() + (subscription.busy() ? ": no answer yet" : ": not all asked for yet");
        }
        String names = pending.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        String more = pending.size() > NAMES_SHOWN ? " and " + (pending.size() - NAMES_SHOWN) + " more" : "";
        return type.plural() + ": no answer yet for " + names + more;
    }

    private Set<String> expected(XdsType type) {
        return wanted.referenced(type, this::refused);
    }

    private List<String> refused(XdsType type) {
        var rejections = rejections(type);
        return rejections.isEmpty()
                ? List.of()
                : rejections.stream().map(r -> r.resource().name()).toList();
    }

    private void send(XdsType type, Subscription subscription, Changes changes) {
        long started = System.nanoTime();
        String nonce = Long.toString(++nonces);
        var response = changes.response(type, nonce);
        subscription.sent(nonce, wanted.of(type), changes);
        if (type == XdsType.CLUSTER) {
            resendEndpoints(changes);
        } else if (type == XdsType.ROUTE) {
            resendVirtualHosts(subscription, changes);
        }
        sent.put(type, Instant.now());
        out.onNext(response);
        metrics.pushed(type, System.nanoTime() - started, response.size());
    }

    /** Envoy warms a changed cluster until it hears its endpoints again, and does not ask for them a second time. */
    private void resendEndpoints(Changes clusters) {
        var endpoints = subscriptions.get(XdsType.ENDPOINT);
        if (endpoints == null) {
            return;
        }
        for (String name : clusters.versions().keySet()) {
            var cluster = wanted.of(XdsType.CLUSTER).get(name);
            if (cluster != null) {
                cluster.references().forEach(id -> endpoints.forget(id.name()));
            }
        }
    }

    /** What the proxy was told of the virtual hosts of a table that it did not have then, it has dropped. */
    private void resendVirtualHosts(Subscription routes, Changes tables) {
        var hosts = subscriptions.get(XdsType.VIRTUAL_HOST);
        if (hosts != null) {
            tables.versions().keySet().stream()
                    .filter(table -> !routes.surelyHolds(table))
                    .forEach(hosts::doubtTable);
        }
    }
}
