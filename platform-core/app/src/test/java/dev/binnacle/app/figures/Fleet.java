package dev.binnacle.app.figures;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.xds.ObedientProxy;
import dev.binnacle.xds.XdsType;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Proxies that ask as Envoy does and acknowledge everything: one connection and one delta stream each. */
final class Fleet implements AutoCloseable {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private final AtomicLong lastResponse = new AtomicLong(System.nanoTime());
    private final AtomicLong responses = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final List<Proxy> proxies = new ArrayList<>();
    private volatile Awaited awaited = new Awaited(Set.of(), "nothing", new CountDownLatch(0));

    /** A change that every proxy should hear of: bytes that its response holds. */
    private record Awaited(Set<String> types, String mark, CountDownLatch heard) {}

    /**
     * Connects all of them and returns at once.
     *
     * @param nodeId how each introduces itself
     */
    Fleet(int port, List<Pod> pods, Function<Pod, String> nodeId) {
        pods.forEach(pod -> proxies.add(new Proxy(port, pod, nodeId.apply(pod))));
        proxies.forEach(Proxy::start);
    }

    /** Returns the nanoseconds from {@code start} to the last response, once none has come for a while. */
    long awaitQuiet(long start) throws InterruptedException {
        while (System.nanoTime() - lastResponse.get() < QUIET_NANOS
                || !proxies.stream().allMatch(Proxy::served)) {
            Thread.sleep(20);
        }
        return lastResponse.get() - start;
    }

    /** From now on counts the proxies that hear of {@code mark} in a response with one of {@code types}. */
    CountDownLatch expect(String mark, XdsType... types) {
        var urls = Stream.of(types).map(XdsType::typeUrl).collect(Collectors.toSet());
        awaited = new Awaited(urls, mark, new CountDownLatch(proxies.size()));
        return awaited.heard();
    }

    /** Returns the size of all responses so far. */
    long bytes() {
        return bytes.get();
    }

    /** Returns how many responses came so far. */
    long responses() {
        return responses.get();
    }

    /** Returns the names of the clusters for Services that each proxy holds. */
    List<Set<String>> outboundClusters() {
        return proxies.stream().map(Proxy::outbound).toList();
    }

    @Override
    public void close() {
        proxies.forEach(proxy -> proxy.channel.shutdownNow());
    }

    private final class Proxy implements StreamObserver<DeltaDiscoveryResponse> {
        private final ManagedChannel channel;
        private final Node node;
        private final Map<XdsType, Set<String>> asked = new EnumMap<>(XdsType.class);
        private final Set<String> outbound = new TreeSet<>();
        private final Set<String> served = new HashSet<>();
        private final StreamObserver<DeltaDiscoveryRequest> requests;

        Proxy(int port, Pod pod, String nodeId) {
            channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                    .usePlaintext()
                    .maxInboundMessageSize(Integer.MAX_VALUE)
                    .build();
            node = Node.newBuilder().setId(nodeId).setMetadata(metadata(pod)).build();
            requests = AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(this);
        }

        synchronized void start() {
            requests.onNext(subscription(XdsType.CLUSTER).setNode(node).build());
            requests.onNext(subscription(XdsType.LISTENER).build());
            Stream.of(XdsType.CLUSTER, XdsType.LISTENER, XdsType.ENDPOINT, XdsType.ROUTE)
                    .forEach(type -> asked.put(type, new HashSet<>()));
        }

        synchronized boolean served() {
            return !asked.isEmpty() && asked.keySet().stream().allMatch(type -> served.contains(type.typeUrl()));
        }

        synchronized Set<String> outbound() {
            return Set.copyOf(outbound);
        }

        @Override
        public synchronized void onNext(DeltaDiscoveryResponse response) {
            responses.incrementAndGet();
            bytes.addAndGet(response.getSerializedSize());
            served.add(response.getTypeUrl());
            var next = follow(response);
            requests.onNext(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setResponseNonce(response.getNonce())
                    .build());
            next.forEach(requests::onNext);
            lastResponse.set(System.nanoTime());
            var now = awaited;
            if (now.types().contains(response.getTypeUrl()) && holds(response, now.mark())) {
                now.heard().countDown();
            }
        }

        /** Returns what a proxy asks for when it gets these resources. */
        private List<DeltaDiscoveryRequest> follow(DeltaDiscoveryResponse response) {
            var names = new EnumMap<XdsType, Set<String>>(XdsType.class);
            for (var type : XdsType.values()) {
                if (type.typeUrl().equals(response.getTypeUrl())) {
                    response.getResourcesList().forEach(resource -> follow(type, resource, names));
                }
            }
            return names.entrySet().stream()
                    .map(e -> subscription(e.getKey())
                            .addAllResourceNamesSubscribe(e.getValue())
                            .build())
                    .toList();
        }

        private void follow(XdsType type, Resource resource, Map<XdsType, Set<String>> names) {
            if (resource.getName().startsWith("outbound|") && type == XdsType.CLUSTER) {
                outbound.add(resource.getName());
            }
            try {
                for (var id : ObedientProxy.references(type, resource)) {
                    if (asked.computeIfAbsent(id.type(), t -> new HashSet<>()).add(id.name())) {
                        names.computeIfAbsent(id.type(), t -> new HashSet<>()).add(id.name());
                    }
                }
                if (type == XdsType.ROUTE
                        && resource.getResource()
                                .unpack(RouteConfiguration.class)
                                .hasVhds()
                        && asked.put(XdsType.VIRTUAL_HOST, Set.of()) == null) {
                    names.put(XdsType.VIRTUAL_HOST, Set.of());
                }
            } catch (InvalidProtocolBufferException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onError(Throwable failure) {
            if (!channel.isShutdown()) {
                System.out.println("a proxy lost its stream: " + failure);
            }
        }

        @Override
        public void onCompleted() {
            onError(new IllegalStateException("the server ended the stream"));
        }
    }

    private static boolean holds(DeltaDiscoveryResponse response, String mark) {
        return response.getResourcesList().stream()
                .anyMatch(resource -> resource.getName().equals(mark)
                        || resource.getResource()
                                .getValue()
                                .toString(StandardCharsets.ISO_8859_1)
                                .contains(mark));
    }

    private static DeltaDiscoveryRequest.Builder subscription(XdsType type) {
        return DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl());
    }

    /** What pilot-agent tells istiod of a pod. */
    private static Struct metadata(Pod pod) {
        var labels = Struct.newBuilder();
        pod.labels().forEach((name, value) -> labels.putFields(name, text(value)));
        return Struct.newBuilder()
                .putFields("NAMESPACE", text(pod.namespace()))
                .putFields("CLUSTER_ID", text("Kubernetes"))
                .putFields("ISTIO_VERSION", text("1.31.0"))
                .putFields("SERVICE_ACCOUNT", text(pod.serviceAccount()))
                .putFields("LABELS", Value.newBuilder().setStructValue(labels).build())
                .build();
    }

    private static Value text(String value) {
        return Value.newBuilder().setStringValue(value).build();
    }
}
