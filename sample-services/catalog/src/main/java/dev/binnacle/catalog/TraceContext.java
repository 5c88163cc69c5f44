package dev.binnacle.catalog;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.quarkus.arc.Arc;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/**
 * Passes the trace headers of the request being served on to the gRPC calls made for it, but for those of W3C Trace Context,
 * which OpenTelemetry passes on.
 *
 * <p>A sidecar cannot know which outgoing call belongs to which incoming request; the application has to say so. REST
 * clients do the same by {@code org.eclipse.microprofile.rest.client.propagateHeaders}; gRPC has no such setting.
 */
@GlobalInterceptor
@Singleton
class TraceContext implements ClientInterceptor {
    private final HttpHeaders incoming;
    private final List<String> names;

    TraceContext(HttpHeaders incoming, CatalogConfig config) {
        this.incoming = incoming;
        this.names = config.traceHeaders();
    }

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        return new ForwardingClientCall.SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                if (Arc.container().requestContext().isActive()) {
                    names.forEach(name -> copy(name, headers));
                }
                super.start(listener, headers);
            }
        };
    }

    private void copy(String name, Metadata outgoing) {
        var value = incoming.getHeaderString(name);
        if (value != null) {
            outgoing.put(Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER), value);
        }
    }
}
