package dev.binnacle.xds;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.config.route.v3.VirtualHost;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A proxy that asks as Envoy does, follows what it is sent, and acknowledges, unless it is told to be difficult. */
public final class ObedientProxy implements AutoCloseable {
    private final ManagedChannel channel;
    private final StreamObserver<DeltaDiscoveryRequest> requests;
    private final Map<XdsType, Map<String, Resource>> held = new EnumMap<>(XdsType.class);
    private final Map<XdsType, Set<String>> asked = new EnumMap<>(XdsType.class);
    private String refusal = "";
    private Predicate<Resource> refused = resource -> false;
    private boolean silent;
    private int received;

    /** Connects and subscribes; {@code remembered} is what an earlier proxy of this name was left with. */
    public ObedientProxy(int port, String nodeId, Map<XdsType, Map<String, Resource>> remembered) {
        for (var type : XdsType.values()) {
            held.put(type, new TreeMap<>(remembered.getOrDefault(type, Map.of())));
            asked.put(type, new HashSet<>());
        }
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(new Responses());
        var node = Node.newBuilder().setId(nodeId);
        synchronized (this) {
            for (var type : XdsType.values()) {
                if (type == XdsType.CLUSTER
                        || type == XdsType.LISTENER
                        || !held.get(type).isEmpty()) {
                    requests.onNext(first(type).setNode(node).build());
                }
            }
        }
    }

    public ObedientProxy(int port, String nodeId) {
        this(port, nodeId, Map.of());
    }

    /** From now on refuses responses that hold such a resource, with this message. */
    public synchronized void refuse(Predicate<Resource> resources, String message) {
        refused = resources;
        refusal = message;
    }

    /** From now on reads and never answers. */
    public synchronized void fallSilent() {
        silent = true;
    }

    /** Returns what it holds of a type, by name. */
    public synchronized Map<String, Resource> held(XdsType type) {
        return Map.copyOf(held.get(type));
    }

    /** Returns everything it holds. */
    public synchronized Map<XdsType, Map<String, Resource>> held() {
        var copy = new EnumMap<XdsType, Map<String, Resource>>(XdsType.class);
        held.forEach((type, resources) -> copy.put(type, Map.copyOf(resources)));
        return copy;
    }

    /** Returns how many responses came. */
    public synchronized int received() {
        return received;
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }

    private DeltaDiscoveryRequest.Builder first(XdsType type) {
        var request = DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl());
        held.get(type).forEach((name, resource) -> request.putInitialResourceVersions(name, resource.getVersion()));
        if (!type.wildcard()) {
            request.addAllResourceNamesSubscribe(held.get(type).keySet());
            asked.get(type).addAll(held.get(type).keySet());
        } else {
            asked.get(type).add("*");
        }
        return request;
    }

    private synchronized void take(DeltaDiscoveryResponse response) throws InvalidProtocolBufferException {
        received++;
        if (silent) {
            return;
        }
        var type = XdsType.of(response.getTypeUrl()).orElseThrow();
        var answer = DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce());
        if (response.getResourcesList().stream().anyMatch(refused)) {
            requests.onNext(
                    answer.setErrorDetail(Status.newBuilder().setCode(13).setMessage(refusal))
                            .build());
            return;
        }
        response.getRemovedResourcesList().forEach(held.get(type)::remove);
        response.getResourcesList().forEach(resource -> take(type, resource));
        follow();
        requests.onNext(answer.build());
    }

    private void take(XdsType type, Resource resource) {
        if (type == XdsType.VIRTUAL_HOST
                && !held.get(XdsType.ROUTE).containsKey(RouteTables.tableOf(resource.getName()))) {
            return; // Envoy drops it too.
        }
        held.get(type).put(resource.getName(), resource);
        if (type == XdsType.ROUTE && asked.get(XdsType.VIRTUAL_HOST).add("*")) {
            requests.onNext(first(XdsType.VIRTUAL_HOST).build());
        }
    }

    /** Asks for what it needs now, and no more for what it does not need. */
    private void follow() throws InvalidProtocolBufferException {
        var needed = new EnumMap<XdsType, Set<String>>(XdsType.class);
        for (var type : XdsType.values()) {
            for (var resource : held.get(type).values()) {
                for (var id : references(type, resource)) {
                    needed.computeIfAbsent(id.type(), t -> new HashSet<>()).add(id.name());
                }
            }
        }
        for (var type : List.of(XdsType.ENDPOINT, XdsType.FILTER, XdsType.ROUTE)) {
            askNoMore(type, needed.getOrDefault(type, Set.of()));
        }
        needed.forEach(this::askFor);
    }

    private void askNoMore(XdsType type, Set<String> needed) {
        var unneeded = new HashSet<>(asked.get(type));
        unneeded.removeAll(needed);
        if (unneeded.isEmpty()) {
            return;
        }
        asked.get(type).removeAll(unneeded);
        held.get(type).keySet().removeAll(unneeded);
        if (type == XdsType.ROUTE) {
            held.get(XdsType.VIRTUAL_HOST).keySet().removeIf(host -> unneeded.contains(RouteTables.tableOf(host)));
        }
        requests.onNext(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(type.typeUrl())
                .addAllResourceNamesUnsubscribe(unneeded)
                .build());
    }

    /** Returns what a proxy asks for next when it gets {@code resource}. */
    public static List<ResourceId> references(XdsType type, Resource resource) throws InvalidProtocolBufferException {
        return References.of(message(type, resource));
    }

    private void askFor(XdsType type, Set<String> names) {
        var fresh = names.stream().filter(asked.get(type)::add).toList();
        if (!fresh.isEmpty()) {
            requests.onNext(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(type.typeUrl())
                    .addAllResourceNamesSubscribe(fresh)
                    .build());
        }
    }

    private static Message message(XdsType type, Resource resource) throws InvalidProtocolBufferException {
        var any = resource.getResource();
        return switch (type) {
            case CLUSTER -> any.unpack(Cluster.class);
            case ENDPOINT -> any.unpack(ClusterLoadAssignment.class);
            case SECRET -> any.unpack(Secret.class);
            case LISTENER -> any.unpack(Listener.class);
            case FILTER -> any.unpack(TypedExtensionConfig.class);
            case ROUTE -> any.unpack(RouteConfiguration.class);
            case VIRTUAL_HOST -> any.unpack(VirtualHost.class);
        };
    }

    private final class Responses implements StreamObserver<DeltaDiscoveryResponse> {
        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            try {
                take(response);
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onError(Throwable failure) {
            // The test sees the proxy disconnected.
        }

        @Override
        public void onCompleted() {
            // The test sees the proxy disconnected.
        }
    }
}
