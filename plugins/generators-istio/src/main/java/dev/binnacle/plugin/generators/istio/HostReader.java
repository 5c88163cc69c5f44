package dev.binnacle.plugin.generators.istio;

import dev.binnacle.plugin.generators.istio.Wanted.Certificate;
import dev.binnacle.plugin.generators.istio.Wanted.EgressHost;
import dev.binnacle.plugin.generators.istio.Wanted.IngressHost;
import dev.binnacle.plugin.generators.istio.Wanted.Source;
import dev.binnacle.prometheus.config.Section;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads hosts to call and hosts to be called by. */
final class HostReader {
    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HOST = Pattern.compile(LABEL + "(\\." + LABEL + ")+");
    private static final Pattern SECRET = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+");
    private static final Pattern FILE = Pattern.compile("/[^\\p{Cntrl}]+");
    private static final int HIGHEST_PORT = 65535;

    private final MeshFacts mesh;

    HostReader(MeshFacts mesh) {
        this.mesh = mesh;
    }

    EgressHost egress(Source source, Section spec) {
        String host =
                host(spec, "its addresses are looked up by DNS, which knows no wildcards. Write one document a host");
        mesh.defining(host)
                .ifPresent(other -> spec.problem(
                        "host",
                        "'" + host + "' is of the mesh already: " + other.ref() + " at " + other.origin()
                                + " defines it. Remove that, or this"));
        return new EgressHost(source, host, port(spec, "plainPort", 80), port(spec, "port", 443), authorities(spec));
    }

    IngressHost ingress(Source source, Section spec) {
        String host = host(spec, "a certificate is for hosts by name. Write one document a host");
        mesh.defining(host)
                .ifPresent(other -> spec.problem(
                        "host",
                        "'" + host + "' is a name within the mesh: " + other.ref() + " at " + other.origin()
                                + ". Write the name that people outside call"));
        String gateway = spec.text("gateway", "ingressgateway");
        if (!mesh.hasGateway(gateway)) {
            spec.problem(
                    "gateway",
                    "no pods have the label istio: '" + gateway + "'. "
                            + (mesh.gateways().isEmpty()
                                    ? "There is no gateway among the manifests: name its folder by -f"
                                    : "There are " + String.join(", ", mesh.gateways())));
        }
        String service = spec.text("service", "");
        return new IngressHost(
                source,
                host,
                gateway,
                service,
                servicePort(source, spec, service),
                certificate(spec),
                spec.flag("redirect", true));
    }

    private String host(Section spec, String whyNoWildcard) {
        String host = spec.text("host", "");
        if (host.contains("*")) {
            spec.problem("host", "'" + host + "' is a wildcard: " + whyNoWildcard);
        } else if (!HOST.matcher(host).matches() || ADDRESS.matcher(host).matches()) {
            spec.problem(
                    "host",
                    "'" + host + "' is no full name of a host. Write one in lower case, such as api.example.com");
        } else {
            return host;
        }
        return "host.invalid";
    }

    private int servicePort(Source source, Section spec, String name) {
        var service = mesh.service(source.namespace(), name);
        if (service.isEmpty()) {
            spec.problem(
                    "service",
                    "no Service among the manifests is called '" + name + "'; " + mesh.services(source.namespace())
                            + ". Write one of them, or name their folder by -f");
            spec.ignore("servicePort");
            return HIGHEST_PORT;
        }
        var ports = service.get().ports();
        int only = ports.size() == 1 ? ports.getFirst().number() : 0;
        int port = (int) spec.number("servicePort", only);
        if (service.get().port(port).isEmpty()) {
            spec.problem(
                    "servicePort",
                    (port == 0 ? "which port is not said" : name + " has no port " + port) + ". There are "
                            + ports.stream()
                                    .map(each -> String.valueOf(each.number()))
                                    .toList());
        }
        return port;
    }

    private static Certificate certificate(Section spec) {
        var secret = secret(spec, "credential");
        if (spec.has("certificate") == secret.isPresent()) {
            spec.problem(
                    "credential",
                    "a host is served by TLS, with one certificate. Write credential: NAME, a Secret beside the gateway's pods,"
                            + " or certificate: {chain: /etc/…/tls.crt, key: /etc/…/tls.key}");
        }
        if (secret.isPresent()) {
            return new Certificate.Secret(secret.get());
        }
        var files = spec.section("certificate");
        var certificate = new Certificate.Files(files.text("chain", ""), files.text("key", ""));
        if (spec.has("certificate")) {
            requireFile(files, "chain", certificate.certificate());
            requireFile(files, "key", certificate.key());
            files.end();
        }
        return certificate;
    }

    private static void requireFile(Section files, String key, String path) {
        if (!FILE.matcher(path).matches()) {
            files.problem(key, "'" + path + "' is no file in the proxy's container. Write its whole path");
        }
    }

    private static Optional<String> secret(Section spec, String key) {
        if (!spec.has(key)) {
            return Optional.empty();
        }
        String name = spec.text(key, "");
        if (!SECRET.matcher(name).matches()) {
            spec.problem(key, "'" + name + "' is no name of a Secret. Write one, such as shop-credential");
        }
        return Optional.of(name);
    }

    /** A Secret would need a DestinationRule for some workloads only: sidecars read no Secrets for all. */
    private static Optional<String> authorities(Section spec) {
        if (!spec.has("authorities")) {
            return Optional.empty();
        }
        String path = spec.text("authorities", "");
        requireFile(spec, "authorities", path);
        return Optional.of(path);
    }

    private static int port(Section spec, String key, int fallback) {
        long port = spec.number(key, fallback);
        if (port < 1 || port > HIGHEST_PORT) {
            spec.problem(key, port + " is no port. Write 1 to 65535");
        }
        return (int) Math.clamp(port, 1, HIGHEST_PORT);
    }
}
