package dev.binnacle.mesh.traffic;

import dev.binnacle.mesh.explain.TrafficText;
import dev.binnacle.mesh.ir.Fault;
import dev.binnacle.mesh.ir.RouteAction;
import dev.binnacle.mesh.ir.RouteMatch.HeaderMatch;
import dev.binnacle.mesh.ir.RouteMatch.TextMatch;
import dev.binnacle.mesh.ir.Share;
import dev.binnacle.mesh.istio.ConnectionRule;
import dev.binnacle.mesh.istio.DestinationRule;
import dev.binnacle.mesh.istio.PolicyTarget;
import dev.binnacle.mesh.istio.Treatment;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.kubernetes.Service;
import dev.binnacle.mesh.manifest.WrittenResources;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.registry.VirtualServices;
import dev.binnacle.mesh.schema.Resource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads how requests to one service are routed for callers in its own namespace. Immutable and thread-safe.
 *
 * <p>Rules are those that are written, one for one, with what conditions on callers they have: what one caller's proxy makes of
 * them {@link dev.binnacle.mesh.explain.Why} tells.
 */
public final class ServiceRouting {
    private static final String VERSION = "version";

    private final SeenMesh mesh;
    private final Service service;
    private final List<VirtualService> deciding;
    private final List<DestinationRule> destinationRules;

    /**
     * Where a rule of {@link Routing} is written.
     *
     * @param section {@code http}, {@code tls} or {@code tcp}
     * @param position in that list
     */
    record Written(VirtualService owner, String section, int position) {}

    private record Indexed(Routing.Rule rule, Optional<Written> written) {}

    private ServiceRouting(SeenMesh mesh, Service service) {
        this.mesh = mesh;
        this.service = service;
        this.deciding = deciding(mesh, service);
        this.destinationRules = mesh.manifests().destinationRules().stream()
                .filter(rule -> Hosts.covers(hostOf(rule), service.host()))
                .toList();
    }

    /** Returns the routing of the Service with this name; empty when there is none. */
    public static Optional<ServiceRouting> of(SeenMesh mesh, String namespace, String name) {
        return mesh.manifests().services().stream()
                .filter(service -> service.ref().namespace().equals(namespace)
                        && service.ref().name().equals(name))
                .findFirst()
                .map(service -> new ServiceRouting(mesh, service));
    }

    /** All that name the host itself may decide; else the first with the longest wildcard (as translation does). */
    private static List<VirtualService> deciding(SeenMesh mesh, Service service) {
        var exports = mesh.manifests().meshConfig().virtualServices();
        var visible = new VirtualServices(mesh.manifests())
                .inForce().stream()
                        .filter(VirtualService::isForMesh)
                        .filter(owner -> exports.of(owner.exports(), owner.ref().namespace())
                                .to(service.ref().namespace()))
                        .toList();
        var naming = visible.stream()
                .filter(owner -> claims(owner).anyMatch(service.host()::equals))
                .toList();
        return naming.isEmpty()
                ? visible.stream()
                        .flatMap(owner -> claims(owner)
                                .filter(claim -> claim.startsWith("*") && Hosts.covers(claim, service.host()))
                                .map(claim -> Map.entry(claim.length(), owner)))
                        .max(Map.Entry.comparingByKey())
                        .map(Map.Entry::getValue)
                        .map(List::of)
                        .orElse(List.of())
                : naming;
    }

    private static Stream<String> claims(VirtualService owner) {
        return owner.hosts().stream()
                .map(host -> Hosts.requested(host.text(), owner.ref().namespace()));
    }

    private static String hostOf(DestinationRule rule) {
        return Hosts.resolve(rule.host().text(), rule.ref().namespace());
    }

    Service service() {
        return service;
    }

    SeenMesh mesh() {
        return mesh;
    }

    List<VirtualService> owners() {
        return deciding;
    }

    /** Returns the DestinationRule to which subsets may be added: the service's own, for everybody. */
    Optional<DestinationRule> ownRule() {
        return destinationRules.stream()
                .filter(rule -> hostOf(rule).equals(service.host()))
                .filter(rule -> rule.ref().namespace().equals(service.ref().namespace()))
                .filter(rule -> rule.clients().isEmpty())
                .findFirst();
    }

    /** Returns where a rule is written; empty for those that nobody wrote, and for those that do not exist. */
    Optional<Written> written(int index) {
        var all = indexed();
        return index >= 0 && index < all.size() ? all.get(index).written() : Optional.empty();
    }

    /** Returns all of it. */
    public Routing routing() {
        var why = uneditable();
        return new Routing(
                service.ref().namespace(),
                service.ref().name(),
                service.host(),
                Revision.of(this),
                indexed().stream().map(Indexed::rule).toList(),
                subsets(),
                policies(),
                why.isEmpty(),
                why.orElse(null));
    }

    /** Returns why no draft can be made; empty when one can. */
    Optional<String> uneditable() {
        if (deciding.size() > 1) {
            return Optional.of(
                    "several VirtualServices are about this host, and the first with a rule for a caller decides: "
                            + deciding.stream()
                                    .map(owner -> owner.ref().toString())
                                    .collect(Collectors.joining(", "))
                            + ". Make one of them");
        }
        return deciding.stream().findFirst().flatMap(this::uneditable);
    }

    private Optional<String> uneditable(VirtualService owner) {
        if (owner.gatewayApi()) {
            return Optional.of(
                    "routes of Gateway API decide here (" + owner.ref().name() + "): edit them by hand");
        }
        boolean delegates = mesh.manifests().virtualServices().stream()
                .filter(written -> written.ref().equals(owner.ref()))
                .flatMap(written -> written.http().stream())
                .anyMatch(rule -> rule.delegate().isPresent());
        if (delegates) {
            return Optional.of(owner.ref() + " delegates rules to others, which may decide about other hosts, too");
        }
        if (claims(owner).anyMatch(claim -> claim.startsWith("*"))) {
            return Optional.of(owner.ref() + " is about more hosts than this one: "
                    + claims(owner).collect(Collectors.joining(", ")));
        }
        return WrittenResources.find(mesh.files(), owner).isEmpty()
                ? Optional.of("the text of " + owner.ref() + " is not known here")
                : Optional.empty();
    }

    private List<Indexed> indexed() {
        var result = new ArrayList<Indexed>();
        for (var owner : deciding) {
            for (int i = 0; i < owner.http().size(); i++) {
                result.add(http(result.size(), owner, i));
            }
            for (int i = 0; i < owner.tls().size(); i++) {
                result.add(connections(result.size(), owner, "tls", owner.tls().get(i), i));
            }
            for (int i = 0; i < owner.tcp().size(); i++) {
                result.add(connections(result.size(), owner, "tcp", owner.tcp().get(i), i));
            }
        }
        rest(result);
        return result;
    }

    /** What no rule is for: the service's own pods where nobody decides, else an answer of the proxy. */
    private void rest(List<Indexed> result) {
        boolean http = service.ports().stream().anyMatch(port -> port.protocol().isHttp());
        boolean tcp = service.ports().stream().anyMatch(port -> !port.protocol().isHttp());
        var rules = deciding.stream().flatMap(owner -> owner.http().stream()).toList();
        if (http && rules.isEmpty()) {
            result.add(new Indexed(byItself(result.size(), "http", "every request"), Optional.empty()));
        } else if (http && rules.stream().noneMatch(HttpRule::takesEverything)) {
            result.add(new Indexed(
                    new Routing.Rule(
                            result.size(),
                            "http",
                            null,
                            null,
                            "every other request",
                            "answered 404 by the proxy: no rule is for it",
                            "direct-response",
                            List.of(),
                            null,
                            null,
                            null,
                            null,
                            null),
                    Optional.empty()));
        }
        boolean ruled = deciding.stream()
                .anyMatch(owner -> !owner.tcp().isEmpty() || !owner.tls().isEmpty());
        if (tcp && !ruled) {
            result.add(new Indexed(byItself(result.size(), "tcp", "every connection"), Optional.empty()));
        }
    }

    private Routing.Rule byItself(int index, String protocol, String when) {
        var all = List.of(
                new Routing.Destination(service.host(), null, null, null, 100, ready(service.host(), "", null)));
        return new Routing.Rule(
                index, protocol, null, null, when, Words.then(all), "forward", all, null, null, null, null, null);
    }

    private Indexed http(int index, VirtualService owner, int position) {
        var rule = owner.http().get(position);
        var treatment = rule.treatment();
        var destinations = destinations(owner, rule.destinations());
        var answer =
                rule.redirect().<RouteAction>map(VirtualService.Redirect::to).or(treatment::answer);
        var fault = treatment.fault().map(ServiceRouting::fault).orElse(null);
        var retries = treatment.retries().map(ServiceRouting::retries).orElse(null);
        var mirror = mirror(owner, treatment);
        var timeout = treatment.timeout().map(Duration::toMillis).orElse(null);
        String then = answer.map(Words::then).orElseGet(() -> Words.then(destinations));
        var told = new Routing.Rule(
                index,
                "http",
                rule.name().isEmpty() ? null : rule.name(),
                origin(owner, rule.place().origin()),
                Words.when(rule.matches()),
                then + effects(fault, timeout, retries, mirror),
                answer.map(action -> action instanceof RouteAction.Redirect ? "redirect" : "direct-response")
                        .orElse("forward"),
                destinations,
                header(rule).orElse(null),
                fault,
                timeout,
                retries,
                mirror);
        return new Indexed(told, Optional.of(new Written(owner, "http", position)));
    }

    private static String effects(
            Routing.@Nullable Fault fault,
            @Nullable Long timeout,
            Routing.@Nullable Retries retries,
            Routing.@Nullable Mirror mirror) {
        var parts = new ArrayList<String>();
        if (fault != null && fault.delay() != null) {
            parts.add(Words.percent(fault.delay().percent()) + " wait "
                    + fault.delay().milliseconds() + " ms first");
        }
        if (fault != null && fault.abort() != null) {
            var abort = fault.abort();
            parts.add(Words.percent(abort.percent()) + " end at the proxy with "
                    + (abort.httpStatus() == null ? "gRPC status " + abort.grpcStatus() : abort.httpStatus()));
        }
        if (timeout != null) {
            parts.add("at most " + timeout + " ms");
        }
        if (retries != null) {
            parts.add(retries.attempts() == 0 ? "tried once" : "up to " + retries.attempts() + " further tries");
        }
        if (mirror != null) {
            parts.add("a copy of " + Words.percent(mirror.percent()) + " to " + mirror.host());
        }
        return parts.isEmpty() ? "" : "; " + String.join("; ", parts);
    }

    private Indexed connections(int index, VirtualService owner, String section, ConnectionRule rule, int position) {
        var destinations = destinations(owner, rule.destinations());
        var told = new Routing.Rule(
                index,
                section,
                null,
                origin(owner, rule.place().origin()),
                Words.whenConnected(rule.matches()),
                Words.then(destinations),
                "forward",
                destinations,
                null,
                null,
                null,
                null,
                null);
        return new Indexed(told, Optional.of(new Written(owner, section, position)));
    }

    private static Routing.RuleOrigin origin(VirtualService owner, dev.binnacle.mesh.ir.Origin at) {
        return new Routing.RuleOrigin(at.file(), at.line(), owner.ref());
    }

    /** Returns the condition of a rule whose only one is on a header, and whose only destination is one of this service. */
    Optional<Routing.Header> header(HttpRule rule) {
        if (rule.matches().size() != 1 || rule.destinations().size() != 1) {
            return Optional.empty();
        }
        var match = rule.matches().getFirst();
        var request = match.request().routeMatch();
        boolean only = request.query().isEmpty()
                && request.headers().size() == 1
                && request.path().equals(dev.binnacle.mesh.ir.RouteMatch.EVERYTHING.path())
                && match.port().isEmpty()
                && match.sourceLabels().isEmpty()
                && match.sourceNamespace().isEmpty()
                && match.gateways().isEmpty();
        return only ? header(request.headers().getFirst()) : Optional.empty();
    }

    private static Optional<Routing.Header> header(HeaderMatch match) {
        if (match.inverted() || match.header().startsWith(":")) {
            return Optional.empty();
        }
        return switch (match.value()) {
            case TextMatch.Exact(String value) -> Optional.of(new Routing.Header(match.header(), value, "exact"));
            case TextMatch.Prefix(String value) -> Optional.of(new Routing.Header(match.header(), value, "prefix"));
            case TextMatch.Regex regex -> Optional.empty();
            case TextMatch.Present present -> Optional.empty();
        };
    }

    private List<Routing.Destination> destinations(VirtualService owner, List<VirtualService.Destination> written) {
        boolean only = written.size() == 1;
        return written.stream()
                .map(d -> {
                    String host = Hosts.resolve(d.host(), owner.ref().namespace());
                    return new Routing.Destination(
                            host,
                            d.subset().isEmpty() ? null : d.subset(),
                            host.equals(service.host()) ? version(d.subset()) : null,
                            d.port().orElse(null),
                            only ? 100 : d.weight(),
                            ready(host, d.subset(), d.port().orElse(null)));
                })
                .toList();
    }

    private @Nullable String version(String subset) {
        return destinationRules.stream()
                .flatMap(rule -> rule.subset(subset).stream())
                .findFirst()
                .map(found -> found.labels().get(VERSION))
                .orElse(null);
    }

    private @Nullable Integer ready(String host, String subset, @Nullable Integer port) {
        var ports = port != null
                ? List.of(port)
                : mesh.manifests().services().stream()
                        .filter(other -> other.host().equals(host))
                        .flatMap(other -> other.ports().stream())
                        .map(Service.Port::number)
                        .toList();
        return ports.stream()
                .flatMap(number -> mesh.cluster(host, subset, number).stream())
                .findFirst()
                .map(cluster -> cluster.endpoints().size())
                .orElse(null);
    }

    private static Routing.Fault fault(Fault fault) {
        return new Routing.Fault(
                fault.delay()
                        .map(delay -> new Routing.Delay(delay.time().toMillis(), percent(delay.share())))
                        .orElse(null),
                fault.abort()
                        .map(abort -> switch (abort.status()) {
                            case Fault.Status.Http(int code) -> new Routing.Abort(code, null, percent(abort.share()));
                            case Fault.Status.Grpc(int code) -> new Routing.Abort(null, code, percent(abort.share()));
                        })
                        .orElse(null));
    }

    private static Routing.Retries retries(RouteAction.Retries retries) {
        return new Routing.Retries(
                retries.attempts(),
                Stream.concat(
                                retries.conditions().stream(),
                                retries.statusCodes().stream().map(String::valueOf))
                        .toList());
    }

    private static Routing.@Nullable Mirror mirror(VirtualService owner, Treatment treatment) {
        return treatment.mirroring().all().stream()
                .findFirst()
                .map(copy -> new Routing.Mirror(
                        Hosts.resolve(copy.destination().host(), owner.ref().namespace()),
                        copy.destination().subset().isEmpty()
                                ? null
                                : copy.destination().subset(),
                        percent(copy.share())))
                .orElse(null);
    }

    private static double percent(Share share) {
        return share.millionths() / 10_000.0;
    }

    /** Returns the subsets that a DestinationRule names, and those that versions of the pods could be. */
    List<Routing.Subset> subsets() {
        var result = new TreeMap<String, Routing.Subset>();
        destinationRules.stream().flatMap(rule -> rule.subsets().stream()).forEach(subset -> {
            String name = subset.name().text();
            result.putIfAbsent(
                    name,
                    new Routing.Subset(
                            name, subset.labels().get(VERSION), subset.labels(), true, workloads(subset.labels())));
        });
        var known = result.values().stream().map(Routing.Subset::labels).collect(Collectors.toSet());
        workloadsOf(Map.of())
                .flatMap(w -> Stream.ofNullable(w.labels().get(VERSION)))
                .forEach(version -> {
                    var labels = Map.of(VERSION, version);
                    if (!known.contains(labels) && Names.isSubset(version)) {
                        result.putIfAbsent(
                                version, new Routing.Subset(version, version, labels, false, workloads(labels)));
                    }
                });
        return List.copyOf(result.values());
    }

    private Stream<dev.binnacle.mesh.kubernetes.Workload> workloadsOf(Map<String, String> labels) {
        return mesh.manifests().workloads().stream()
                .filter(workload -> workload.namespace().equals(service.ref().namespace()))
                .filter(workload -> service.selects(workload.labels()))
                .filter(workload -> workload.labels().entrySet().containsAll(labels.entrySet()));
    }

    private List<String> workloads(Map<String, String> labels) {
        return workloadsOf(labels)
                .map(workload -> workload.namespace() + "/" + workload.name())
                .sorted()
                .toList();
    }

    private List<Routing.Policy> policies() {
        var manifests = mesh.manifests();
        var result = new ArrayList<Routing.Policy>();
        destinationRules.forEach(rule -> result.add(policy(rule, words(rule))));
        new VirtualServices(manifests)
                .inForce().stream()
                        .filter(other -> !deciding.contains(other) && leadsHere(other))
                        .forEach(other -> result.add(policy(
                                other,
                                "sends requests for "
                                        + other.hosts().stream()
                                                .map(host -> host.text())
                                                .collect(Collectors.joining(", "))
                                        + " here"
                                        + (other.gateways().isEmpty()
                                                ? ""
                                                : " that come through "
                                                        + other.gateways().stream()
                                                                .map(gateway -> gateway.text())
                                                                .collect(Collectors.joining(", "))))));
        manifests.authorizationPolicies().stream()
                .filter(policy -> covers(policy, policy.target()))
                .forEach(policy -> result.add(policy(
                        policy,
                        policy.action().name().toLowerCase(Locale.ROOT) + "s by "
                                + policy.rules().size() + (policy.rules().size() == 1 ? " rule" : " rules")
                                + (policy.dryRun() ? ", counted only" : ""))));
        manifests.requestAuthentications().stream()
                .filter(policy -> covers(policy, policy.target()))
                .forEach(policy -> result.add(policy(
                        policy,
                        "tokens of "
                                + policy.rules().stream()
                                        .map(rule -> rule.issuer())
                                        .collect(Collectors.joining(", "))
                                + " are checked")));
        manifests.rateLimits().stream()
                .filter(limit -> covers(limit, limit.target()))
                .forEach(limit -> result.add(policy(limit, "limits how many requests come in")));
        result.sort(Comparator.comparing(Routing.Policy::kind)
                .thenComparing(Routing.Policy::namespace)
                .thenComparing(Routing.Policy::name));
        return result;
    }

    private boolean covers(Resource resource, PolicyTarget target) {
        return workloadsOf(Map.of())
                .anyMatch(
                        workload -> target.covers(resource.ref().namespace(), workload.namespace(), workload.labels()));
    }

    private boolean leadsHere(VirtualService other) {
        return other.http().stream()
                .flatMap(rule -> rule.destinations().stream())
                .anyMatch(d -> Hosts.resolve(d.host(), other.ref().namespace()).equals(service.host()));
    }

    private String words(DestinationRule rule) {
        var parts = new ArrayList<String>();
        if (!rule.subsets().isEmpty()) {
            parts.add("subsets "
                    + rule.subsets().stream().map(s -> s.name().text()).collect(Collectors.joining(", ")));
        }
        service.ports().stream()
                .flatMap(port -> mesh.cluster(service.host(), "", port.number()).stream())
                .filter(cluster -> cluster.rule().file().equals(rule.origin().file()))
                .findFirst()
                .ifPresent(cluster -> parts.add(
                        TrafficText.write(cluster.traffic(), cluster.endpoints().size(), List.of())));
        rule.policy().settings().tls().ifPresent(tls -> parts.add("TLS " + tls.mode()));
        rule.clients().ifPresent(labels -> parts.add("for callers with " + new TreeMap<>(labels)));
        return parts.isEmpty() ? "says nothing about it" : String.join("; ", parts);
    }

    private static Routing.Policy policy(Resource resource, String words) {
        var ref = resource.ref();
        return new Routing.Policy(
                ref.kind(),
                ref.namespace(),
                ref.name(),
                resource.origin().file(),
                resource.origin().line(),
                words);
    }
}
