package dev.binnacle.xds;

import com.google.protobuf.Value;
import dev.binnacle.xds.Subscription.Answer;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One open stream of one proxy. Confined to the server's thread.
 *
 * <p>A change arrives in an order in which traffic never points to something the proxy lacks: clusters and their
 * endpoints first; listeners and routes once the proxy has acknowledged those (Envoy does so when new clusters are
 * warm); clusters that went away last, when no listener or route uses them any more.
 */
final class ProxyStream {
    private static final int NAMES_SHOWN = 5;

    private final Node node;
    private final ServerCallStreamObserver<DeltaDiscoveryResponse> out;
    private final PilotMetrics metrics;
    private final Map<XdsType, Subscription> subscriptions = new EnumMap<>(XdsType.class);
    private NodeSnapshot wanted;
    private boolean published;
    private long nonces;

    ProxyStream(Node node, ServerCallStreamObserver<DeltaDiscoveryResponse> out, PilotMetrics metrics) {
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
        for (var type : XdsType.values()) {
            var subscription = subscriptions.get(type);
            if (!out.isReady() || subscription == null || subscription.busy()) {
                continue;
            }
            var due = due(type, subscription);
            boolean owed =
                    subscription.owed() && subscription.pending(wanted.of(type)).isEmpty();
            if (!due.isEmpty() || owed) {
                send(type, subscription, subscription.portionOf(due));
            }
        }
    }

    /** Tells whether the proxy has everything it should have, apart from what it refused. */
    boolean settled() {
        return published && Arrays.stream(XdsType.values()).noneMatch(this::open);
    }

    /** Tells whether nothing more will happen until something new is published. */
    boolean finished() {
        return settled() || !rejections().isEmpty() && idle();
    }

    /** Returns what is open, in words for people. */
    String missing() {
        if (!published) {
            return "the proxy is not among the pods";
        }
        return Arrays.stream(XdsType.values())
                .filter(this::open)
                .map(this::missing)
                .collect(Collectors.joining("; "));
    }

    /** Returns all refusals that stand. */
    List<Rejection> rejections() {
        return subscriptions.entrySet().stream()
                .flatMap(e -> e.getValue().rejections(wanted.of(e.getKey())).stream())
                .toList();
    }

    ProxyStatus status() {
        var types = new EnumMap<XdsType, ProxyStatus.TypeStatus>(XdsType.class);
        for (var type : XdsType.values()) {
            var refusals = rejections(type);
            var error = refusals.isEmpty()
                    ? Optional.<String>empty()
                    : Optional.of(refusals.getLast().toString());
            String version = wanted.of(type).version();
            types.put(type, new ProxyStatus.TypeStatus(version, refusals.isEmpty() && !open(type), error));
        }
        var rejections = rejections();
        return new ProxyStatus(nodeId(), true, rejections.isEmpty() && settled(), types, rejections);
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

    private SortedMap<String, String> due(XdsType type, Subscription subscription) {
        var pending = subscription.pending(wanted.of(type));
        switch (type) {
            case CLUSTER -> {
                if (!trafficSettled()) {
                    pending.values().removeIf(Subscription.ABSENT::equals);
                }
            }
            case ENDPOINT -> {
                if (!quiet(XdsType.CLUSTER)) {
                    pending.entrySet()
                            .removeIf(e -> e.getValue().equals(Subscription.ABSENT) && subscription.holds(e.getKey()));
                }
            }
            case LISTENER, ROUTE -> {
                if (upstreamBusy()) {
                    pending.clear();
                } else if (!rejections(XdsType.CLUSTER).isEmpty()
                        || !rejections(XdsType.ENDPOINT).isEmpty()) {
                    // Last good: routes may depend on what was refused, so those in use stay as they are.
                    pending.keySet().removeIf(subscription::holds);
                }
            }
        }
        return pending;
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
        return quiet(XdsType.LISTENER) && quiet(XdsType.ROUTE);
    }

    private boolean quiet(XdsType type) {
        return !open(type) && rejections(type).isEmpty();
    }

    private boolean idle() {
        return subscriptions.entrySet().stream()
                .noneMatch(e ->
                        e.getValue().busy() || !due(e.getKey(), e.getValue()).isEmpty());
    }

    private List<Rejection> rejections(XdsType type) {
        var subscription = subscriptions.get(type);
        return subscription == null ? List.of() : subscription.rejections(wanted.of(type));
    }

    /** Tells whether the proxy lacks something of {@code type}, has not answered, or has not asked for all it will need. */
    private boolean open(XdsType type) {
        var subscription = subscriptions.get(type);
        if (subscription == null) {
            return type.wildcard() || !expected(type).isEmpty();
        }
        return subscription.busy()
                || !subscription.pending(wanted.of(type)).isEmpty()
                || !subscription.asksFor(expected(type));
    }

    private String missing(XdsType type) {
        var subscription = subscriptions.get(type);
        if (subscription == null) {
            return type.plural() + ": not asked for yet";
        }
        var pending = subscription.pending(wanted.of(type)).keySet();
        if (pending.isEmpty()) {
            return type.plural() + (subscription.busy() ? ": no answer yet" : ": not all asked for yet");
        }
        String names = pending.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
        String more = pending.size() > NAMES_SHOWN ? " and " + (pending.size() - NAMES_SHOWN) + " more" : "";
        return type.plural() + ": no answer yet for " + names + more;
    }

    private Set<String> expected(XdsType type) {
        return switch (type) {
            case CLUSTER, LISTENER -> Set.of();
            case ENDPOINT -> wanted.of(XdsType.CLUSTER).references(refused(XdsType.CLUSTER));
            case ROUTE -> wanted.of(XdsType.LISTENER).references(refused(XdsType.LISTENER));
        };
    }

    private List<String> refused(XdsType type) {
        return rejections(type).stream().map(r -> r.resource().name()).toList();
    }

    private void send(XdsType type, Subscription subscription, SortedMap<String, String> versions) {
        long started = System.nanoTime();
        var resources = wanted.of(type);
        var response = DeltaDiscoveryResponse.newBuilder()
                .setTypeUrl(type.typeUrl())
                .setNonce(Long.toString(++nonces))
                .setSystemVersionInfo(resources.version());
        versions.forEach((name, version) -> {
            var resource = resources.get(name);
            if (resource == null) {
                response.addRemovedResources(name);
            } else {
                response.addResources(resource.toResource(type));
            }
        });
        subscription.sent(response.getNonce(), versions);
        if (type == XdsType.CLUSTER) {
            resendEndpoints(versions, resources);
        }
        var message = response.build();
        out.onNext(message);
        metrics.pushed(type, System.nanoTime() - started, message.getSerializedSize());
    }

    /** Envoy warms a changed cluster until it hears its endpoints again, and does not ask for them a second time. */
    private void resendEndpoints(Map<String, String> clusters, ResourceSet resources) {
        var endpoints = subscriptions.get(XdsType.ENDPOINT);
        if (endpoints == null) {
            return;
        }
        new TreeMap<>(clusters).keySet().forEach(name -> {
            var cluster = resources.get(name);
            if (cluster != null) {
                cluster.references().forEach(endpoints::forget);
            }
        });
    }
}
