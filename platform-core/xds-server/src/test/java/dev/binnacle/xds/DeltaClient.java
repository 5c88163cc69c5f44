package dev.binnacle.xds;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Status;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A proxy that does exactly what a test tells it to: one delta ADS stream over a real connection. */
final class DeltaClient implements AutoCloseable {
    private static final String NOTHING = "binnacle.test/nothing-";

    private final String nodeId;
    private final ManagedChannel channel;
    private final BlockingQueue<DeltaDiscoveryResponse> responses = new LinkedBlockingQueue<>();
    private final BlockingQueue<Throwable> failures = new LinkedBlockingQueue<>();
    private final StreamObserver<DeltaDiscoveryRequest> requests;
    private boolean named;
    private int marks;

    DeltaClient(int port, String nodeId) {
        this(port, nodeId, Integer.MAX_VALUE);
    }

    /** Reads only {@code initialCredit} responses until it is told to read more. */
    DeltaClient(int port, String nodeId, int initialCredit) {
        this.nodeId = nodeId;
        channel = NettyChannelBuilder.forAddress("127.0.0.1", port)
                .usePlaintext()
                .maxInboundMessageSize(64 << 20)
                .build();
        requests =
                AggregatedDiscoveryServiceGrpc.newStub(channel).deltaAggregatedResources(new Responses(initialCredit));
    }

    private final class Responses implements ClientResponseObserver<DeltaDiscoveryRequest, DeltaDiscoveryResponse> {
        private final int credit;

        Responses(int credit) {
            this.credit = credit;
        }

        @Override
        public void beforeStart(ClientCallStreamObserver<DeltaDiscoveryRequest> call) {
            if (credit != Integer.MAX_VALUE) {
                call.disableAutoRequestWithInitial(credit);
            }
        }

        @Override
        public void onNext(DeltaDiscoveryResponse response) {
            responses.add(response);
        }

        @Override
        public void onError(Throwable failure) {
            failures.add(failure);
        }

        @Override
        public void onCompleted() {
            failures.add(new IllegalStateException("completed"));
        }
    }

    void subscribe(XdsType type, String... names) {
        send(request(type).addAllResourceNamesSubscribe(List.of(names)));
    }

    void unsubscribe(XdsType type, String... names) {
        send(request(type).addAllResourceNamesUnsubscribe(List.of(names)));
    }

    /** What a proxy says first after a reconnect. */
    void resume(XdsType type, Map<String, String> held, String... names) {
        send(request(type).addAllResourceNamesSubscribe(List.of(names)).putAllInitialResourceVersions(held));
    }

    void ack(DeltaDiscoveryResponse response) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce()));
    }

    void nack(DeltaDiscoveryResponse response, String message) {
        send(DeltaDiscoveryRequest.newBuilder()
                .setTypeUrl(response.getTypeUrl())
                .setResponseNonce(response.getNonce())
                .setErrorDetail(Status.newBuilder().setCode(13).setMessage(message)));
    }

    /** Returns the next response, which must be of {@code type}. */
    DeltaDiscoveryResponse next(XdsType type) throws InterruptedException {
        var response = responses.poll(10, TimeUnit.SECONDS);
        assertThat(response).as("a response with %s", type.plural()).isNotNull();
        assertThat(response.getTypeUrl()).isEqualTo(type.typeUrl());
        return response;
    }

    /** Returns the next response after acknowledging it. */
    DeltaDiscoveryResponse take(XdsType type) throws InterruptedException {
        var response = next(type);
        ack(response);
        return response;
    }

    /**
     * Checks that the server has nothing to say. It handles requests in order, so the answer to a question asked now,
     * for endpoints nobody knows, comes after everything that was due before.
     */
    void expectSilence() throws InterruptedException {
        String mark = NOTHING + marks++;
        subscribe(XdsType.ENDPOINT, mark);
        var response = take(XdsType.ENDPOINT);
        assertThat(response.getRemovedResourcesList()).containsExactly(mark);
        assertThat(response.getResourcesList()).isEmpty();
    }

    Throwable failure() throws InterruptedException {
        return failures.poll(10, TimeUnit.SECONDS);
    }

    static List<String> names(DeltaDiscoveryResponse response) {
        return response.getResourcesList().stream().map(Resource::getName).toList();
    }

    private DeltaDiscoveryRequest.Builder request(XdsType type) {
        return DeltaDiscoveryRequest.newBuilder().setTypeUrl(type.typeUrl());
    }

    private void send(DeltaDiscoveryRequest.Builder request) {
        if (!named) {
            request.setNode(Node.newBuilder().setId(nodeId));
            named = true;
        }
        requests.onNext(request.build());
    }

    @Override
    public void close() throws InterruptedException {
        channel.shutdownNow();
        channel.awaitTermination(5, TimeUnit.SECONDS);
    }
}
