package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.ir.GatewayChain;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.ProxyIr;
import dev.binnacle.mesh.ir.ServerTls;
import dev.binnacle.mesh.ir.ServerTls.Clients;
import dev.binnacle.mesh.manifest.Manifests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What there is to say about the TLS of a gateway: which server takes a connection, with which certificate. */
final class GatewayNotes {
    private final CredentialText credentials;

    GatewayNotes(Manifests manifests, ProxyIr proxy) {
        this.credentials = new CredentialText(new Origins(manifests), proxy);
    }

    /** Returns that nothing is for the name that a client asks for. */
    static List<String> unknown(Listener.Gateway gateway, String authority) {
        String names = gateway.chains().stream()
                .flatMap(chain -> chain.names().stream())
                .distinct()
                .collect(Collectors.joining(", "));
        return List.of("no server is for the name " + DomainSearch.withoutPort(authority)
                + " (SNI): the gateway closes the connection. It has " + names);
    }

    List<String> of(GatewayChain chain) {
        var result = new ArrayList<String>();
        if (chain.tls().isEmpty() && chain.names().isEmpty()) {
            return result;
        }
        result.add("server " + chain.server() + " at " + chain.origin() + " takes " + names(chain));
        chain.tls().ifPresentOrElse(tls -> end(tls, result), () -> result.add("TLS is passed on as it comes"));
        return result;
    }

    private static String names(GatewayChain chain) {
        return chain.names().isEmpty() ? "every name (SNI)" : "the names (SNI) " + String.join(", ", chain.names());
    }

    private void end(ServerTls tls, List<String> result) {
        tls.certificates().forEach(name -> result.add("TLS ends here, with the certificate " + described(name)));
        switch (tls.clients()) {
            case Clients.Anyone anyone -> result.add("clients are not asked for a certificate");
            case Clients.Certified clients ->
                result.add("clients " + (clients.required() ? "must" : "may") + " show a certificate of "
                        + described(clients.authorities())
                        + (clients.names().isEmpty() ? "" : ", for one of " + String.join(", ", clients.names())));
        }
    }

    private String described(String name) {
        if (name.equals(ServerTls.OF_MESH)) {
            return "that the pod has of the mesh";
        }
        if (name.equals(ServerTls.AUTHORITY_OF_MESH)) {
            return "the mesh's authority";
        }
        return credentials.of(name, "connections are refused");
    }
}
