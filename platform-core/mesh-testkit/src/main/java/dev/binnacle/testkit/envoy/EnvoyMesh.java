package dev.binnacle.testkit.envoy;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.WhyRequest;
import dev.binnacle.mesh.ir.Listener;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.mesh.topology.Externals;
import dev.binnacle.mesh.topology.MeshTopology;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.xds.ProxyResources;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The proxies of callers as real Envoys, started when they are first needed. One request at a time.
 *
 * <p>Servers have no sidecar here and traffic is plaintext: what a caller's proxy decides is real, mutual TLS is not.
 */
public final class EnvoyMesh implements AutoCloseable {
    private final Path binary;
    private final LoopbackBlock block = LoopbackBlock.take();
    private final Map<String, EnvoyProcess> callers = new HashMap<>();
    private Manifests manifests = new Manifests(List.of());
    private MeshTopology topology;
    private MeshIr mesh;
    private Map<String, ProxyResources> resources = Map.of();
    private Optional<EnvoyProcess> servers = Optional.empty();
    private String served = "";

    /** Prepares to run {@code binary}; nothing is started yet. */
    public EnvoyMesh(Path binary) {
        this.binary = binary;
        this.topology = plan();
        this.mesh = Translation.compile(manifests, topology).value();
    }

    /** Returns where the pods are. */
    public MeshTopology topology() {
        return topology;
    }

    /** Ends the callers' Envoys; later requests are for these manifests. Servers go on if they are the same. */
    public void use(Manifests others) {
        if (others.equals(manifests)) {
            return;
        }
        manifests = others;
        topology = plan();
        mesh = Translation.compile(manifests, topology).value();
        resources = Translation.translate(manifests, topology).value();
        callers.values().forEach(EnvoyProcess::close);
        callers.clear();
    }

    private MeshTopology plan() {
        return plan(manifests, block.base());
    }

    /** Returns where pods are as in a cluster: every port may be listened on, and the world outside may be called. */
    public static MeshTopology plan(Manifests manifests, String base) {
        return Translation.plan(manifests, base, 1).withExternals(new Externals(Map.of(), true));
    }

    /** Something that sends requests. */
    public interface Sender {
        /** Sends a request where {@code answer} says that it is taken, and returns what became of it. */
        Observation send(Answer answer, WhyRequest request);
    }

    /** Returns a sender to whose requests servers answer {@code status}. */
    public Sender failing(int status) {
        return (answer, request) -> {
            var headers = new TreeMap<>(request.headers());
            headers.put(EchoServers.ANSWER, String.valueOf(status));
            return send(
                    answer,
                    new WhyRequest(
                            request.from(), request.to(), request.port(), request.path(), request.method(), headers));
        };
    }

    /**
     * Sends a request where {@code answer} says that it is taken, and returns what became of it.
     *
     * @param answer the explanation of the request by {@link #topology}
     */
    public Observation send(Answer answer, WhyRequest request) {
        var pod = pod(answer.from());
        var listener = listener(answer);
        start(pod);
        var address = new InetSocketAddress(listener.address(), CallerBootstrap.bindable(listener.port()));
        try {
            return answer.authority() == null
                    ? connected(new String(Wire.listen(address), StandardCharsets.UTF_8))
                    : observed(http(address, listener, answer, request));
        } catch (IOException e) {
            throw new UncheckedIOException("the Envoy of " + pod.id() + " does not answer at " + address, e);
        }
    }

    private static Wire.Answer http(InetSocketAddress address, Listener listener, Answer answer, WhyRequest request)
            throws IOException {
        var headers = new TreeMap<>(request.headers());
        headers.remove("host");
        String host = Objects.requireNonNull(answer.authority());
        String target = listener instanceof Listener.HttpProxy ? "http://" + host + request.path() : request.path();
        return Wire.send(address, request.method(), target, host, headers);
    }

    private Pod pod(String id) {
        return topology.pods().stream()
                .filter(p -> p.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    private Listener listener(Answer answer) {
        return mesh.proxy(answer.from()).orElseThrow().listeners().stream()
                .filter(l -> l.name().equals(answer.listener()))
                .findFirst()
                .orElseThrow();
    }

    private void start(Pod pod) {
        startServers();
        callers.computeIfAbsent(pod.id(), id -> {
            var bootstrap = new CallerBootstrap(EchoServers.places(mesh).keySet(), block);
            return EnvoyProcess.start(
                    binary,
                    id,
                    bootstrap.render(pod, topology.trustDomain(), Objects.requireNonNull(resources.get(id))));
        });
    }

    private void startServers() {
        String wanted = EchoServers.bootstrap(mesh, block);
        if (!wanted.equals(served)) {
            servers.ifPresent(EnvoyProcess::close);
            servers = Optional.of(EnvoyProcess.start(binary, "the servers", wanted));
            served = wanted;
        }
    }

    private static Observation connected(String pod) {
        var server = pod.isEmpty()
                ? Optional.<Observation.Received>empty()
                : Optional.of(new Observation.Received(pod.strip(), List.of()));
        return new Observation(0, List.of(), "", "", "", "", "", server);
    }

    private static Observation observed(Wire.Answer answer) {
        var server = answer.header(EchoServers.POD).map(pod -> new Observation.Received(pod, headers(answer.body())));
        return new Observation(
                answer.status(),
                answer.headers(),
                server.isPresent() ? "" : answer.body(),
                told(answer, CallerBootstrap.ROUTE),
                told(answer, CallerBootstrap.ORIGIN),
                told(answer, CallerBootstrap.CLUSTER),
                told(answer, CallerBootstrap.FLAGS),
                server);
    }

    private static String told(Wire.Answer answer, String header) {
        return answer.header(header).filter(value -> !value.equals("-")).orElse("");
    }

    private static List<Map.Entry<String, String>> headers(String body) {
        var result = new ArrayList<Map.Entry<String, String>>();
        for (String line : body.split("\n", -1)) {
            int colon = line.indexOf(": ", 1);
            if (colon > 0) {
                result.add(Map.entry(line.substring(0, colon), line.substring(colon + 2)));
            }
        }
        return result;
    }

    @Override
    public void close() {
        callers.values().forEach(EnvoyProcess::close);
        servers.ifPresent(EnvoyProcess::close);
        block.close();
    }
}
