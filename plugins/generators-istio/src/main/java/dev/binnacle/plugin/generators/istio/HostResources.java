package dev.binnacle.plugin.generators.istio;

import static dev.binnacle.plugin.generators.istio.IstioYaml.map;
import static dev.binnacle.plugin.generators.istio.IstioYaml.networking;

import dev.binnacle.plugin.generators.istio.IstioYaml.Resource;
import dev.binnacle.plugin.generators.istio.Wanted.Certificate;
import dev.binnacle.plugin.generators.istio.Wanted.EgressHost;
import dev.binnacle.plugin.generators.istio.Wanted.IngressHost;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Hosts outside of the mesh, and hosts that those outside call. */
final class HostResources {
    private HostResources() {}

    static List<Resource> of(EgressHost egress) {
        var port = map("number", egress.plainPort(), "name", "http", "protocol", "HTTP", "targetPort", egress.port());
        var tls = map("mode", "SIMPLE");
        egress.authorities().ifPresent(file -> tls.put("caCertificates", file));
        return List.of(
                new Resource(
                        "Services call http://" + egress.host()
                                + (egress.plainPort() == 80 ? "" : ":" + egress.plainPort())
                                + ", and metrics see each request. It leaves the pod for port " + egress.port() + ".",
                        networking(
                                "ServiceEntry",
                                egress.source(),
                                map(
                                        "hosts",
                                        List.of(egress.host()),
                                        "ports",
                                        List.of(port),
                                        "location",
                                        "MESH_EXTERNAL",
                                        "resolution",
                                        "DNS"))),
                new Resource(
                        "The sidecar begins TLS. As no sni is written, it asks for the request's host, and the certificate must be for it.",
                        networking(
                                "DestinationRule",
                                egress.source(),
                                map(
                                        "host",
                                        egress.host(),
                                        "trafficPolicy",
                                        map(
                                                "portLevelSettings",
                                                List.of(map(
                                                        "port", map("number", egress.plainPort()), "tls", tls)))))));
    }

    static List<Resource> of(IngressHost ingress) {
        var servers = new ArrayList<Map<String, Object>>();
        servers.add(server(ingress, 443, "https", "HTTPS", tls(ingress.certificate())));
        if (ingress.redirects()) {
            servers.add(server(ingress, 80, "http", "HTTP", map("httpsRedirect", true)));
        }
        var destination = map("host", ingress.service(), "port", map("number", ingress.port()));
        return List.of(
                new Resource(
                        ingress.redirects()
                                ? "TLS at port 443; who comes to port 80 is sent there."
                                : "TLS at port 443. Port 80 knows nothing of this host.",
                        networking(
                                "Gateway",
                                ingress.source(),
                                map("selector", map("istio", ingress.gateway()), "servers", servers))),
                new Resource(
                        "What comes in goes to the Service " + ingress.service() + ".",
                        networking(
                                "VirtualService",
                                ingress.source(),
                                map(
                                        "hosts",
                                        List.of(ingress.host()),
                                        "gateways",
                                        List.of(ingress.source().name()),
                                        "http",
                                        List.of(map(
                                                "name",
                                                ingress.service(),
                                                "route",
                                                List.of(map("destination", destination))))))));
    }

    private static Map<String, Object> server(
            IngressHost ingress, int port, String name, String protocol, Map<String, Object> tls) {
        return map(
                "hosts",
                List.of(ingress.host()),
                "port",
                map("number", port, "name", name, "protocol", protocol),
                "tls",
                tls);
    }

    private static Map<String, Object> tls(Certificate certificate) {
        return switch (certificate) {
            case Certificate.Secret(String name) -> map("mode", "SIMPLE", "credentialName", name);
            case Certificate.Files(String chain, String key) ->
                map("mode", "SIMPLE", "serverCertificate", chain, "privateKey", key);
        };
    }
}
