package dev.binnacle.xds;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/** Accepts delta streams; gRPC calls it on the server's thread. */
final class AdsService implements BindableService {
    private static final Logger LOG = System.getLogger(AdsService.class.getName());

    private final AdsLoop loop;

    AdsService(AdsLoop loop) {
        this.loop = loop;
    }

    /** The generated method, but for responses that are bytes already. */
    @Override
    public ServerServiceDefinition bindService() {
        var generated = AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod();
        MethodDescriptor<DeltaDiscoveryRequest, Response> method = generated.toBuilder(
                        generated.getRequestMarshaller(), new ResponseMarshaller())
                .build();
        return ServerServiceDefinition.builder(AggregatedDiscoveryServiceGrpc.SERVICE_NAME)
                .addMethod(method, ServerCalls.asyncBidiStreamingCall(this::open))
                .build();
    }

    private StreamObserver<DeltaDiscoveryRequest> open(StreamObserver<Response> responses) {
        var out = (ServerCallStreamObserver<Response>) responses;
        var requests = new Requests(out);
        out.setOnReadyHandler(requests::ready);
        out.setOnCancelHandler(requests::closed);
        return requests;
    }

    private final class Requests implements StreamObserver<DeltaDiscoveryRequest> {
        private final ServerCallStreamObserver<Response> out;
        private @Nullable ProxyStream stream;

        Requests(ServerCallStreamObserver<Response> out) {
            this.out = out;
        }

        @Override
        public void onNext(DeltaDiscoveryRequest request) {
            var open = stream;
            if (open == null) {
                if (request.getNode().getId().isEmpty()) {
                    out.onError(Status.INVALID_ARGUMENT
                            .withDescription("the first request of a stream must name the node")
                            .asException());
                    return;
                }
                open = new ProxyStream(request.getNode(), out, loop.metrics());
                stream = open;
                loop.opened(open);
            }
            var type = XdsType.of(request.getTypeUrl());
            if (type.isPresent()) {
                open.request(type.get(), request);
                loop.progressed(open);
            } else {
                LOG.log(Level.DEBUG, "unserved type node={0} type={1}", open.nodeId(), request.getTypeUrl());
            }
        }

        void ready() {
            if (stream != null) {
                stream.flush();
            }
        }

        @Override
        public void onError(Throwable failure) {
            closed();
        }

        @Override
        public void onCompleted() {
            closed();
            out.onCompleted();
        }

        private void closed() {
            if (stream != null) {
                loop.closed(stream);
                stream = null;
            }
        }
    }
}
