package dev.binnacle.app.figures;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.xds.ObedientProxy;
import dev.binnacle.xds.XdsType;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** Proxies that ask as Envoy does and acknowledge everything: one connection and one delta stream each. */
final class Fleet implements AutoCloseable {
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

    private final AtomicLong lastResponse = new AtomicLong(System.nanoTime());
    private final AtomicLong responses = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();
    private final List<Proxy> proxies = new ArrayList<>();
    private volatile Awaited awaited = new Awaited(XdsType.ROUTE, "nothing", 0);

    /** A change that every proxy should hear of: bytes that its response holds. */
    private record Awaited(XdsType type, String mark, CountDownLatch heard) {
        Awaited(XdsType type, String mark, int proxies) {
            this(type, mark, new CountDownLatch(proxies));
        }
    }

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

    /** From now on counts the proxies that hear of {@code mark} in a response with {@code type}. */
    CountDownLatch expect(XdsType type, String mark) {
        awaited = new Awaited(type, mark, proxies.size());
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
        private final Set<String> endpoints = new HashSet<>();
        private final Set<String> routes = new HashSet<>();
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
        }

        synchronized boolean served() {
            return served.size() == XdsType.values().length;
        }

        synchronized Set<String> outbound() {
            return Set.copyOf(outbound);
        }

        @Override
        public synchronized void onNext(DeltaDiscoveryResponse response) {
            responses.incrementAndGet();
            bytes.addAndGet(response.getSerializedSize());
            served.add(response.getTypeUrl());
            var asked = Stream.concat(follow(response, XdsType.CLUSTER), follow(response, XdsType.LISTENER))
                    .toList();
            requests.onNext(DeltaDiscoveryRequest.newBuilder()
                    .setTypeUrl(response.getTypeUrl())
                    .setResponseNonce(response.getNonce())
                    .build());
            asked.forEach(requests::onNext);
            lastResponse.set(System.nanoTime());
            var now = awaited;
            if (response.getTypeUrl().equals(now.type().typeUrl()) && holds(response, now.mark())) {
                now.heard().countDown();
            }
        }

        private Stream<DeltaDiscoveryRequest> follow(DeltaDiscoveryResponse response, XdsType type) {
            if (!response.getTypeUrl().equals(type.typeUrl())) {
                return Stream.empty();
            }
            boolean clusters = type == XdsType.CLUSTER;
            var known = clusters ? endpoints : routes;
            var names = response.getResourcesList().stream()
                    .flatMap(resource -> references(type, resource))
                    .filter(known::add)
                    .toList();
            var next = clusters ? XdsType.ENDPOINT : XdsType.ROUTE;
            return names.isEmpty()
                    ? Stream.empty()
                    : Stream.of(subscription(next)
                            .addAllResourceNamesSubscribe(names)
                            .build());
        }

        private Stream<String> references(XdsType type, Resource resource) {
            if (resource.getName().startsWith("outbound|") && type == XdsType.CLUSTER) {
                outbound.add(resource.getName());
            }
            try {
                return ObedientProxy.references(type, resource).stream();
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
