package dev.binnacle.mesh.traffic;

import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.WrittenResources;
import dev.binnacle.mesh.registry.Hosts;
import dev.binnacle.mesh.traffic.ServiceRouting.Written;
import dev.binnacle.mesh.traffic.Steering.HeaderRule;
import dev.binnacle.mesh.traffic.Steering.WantedFault;
import dev.binnacle.mesh.traffic.Steering.Weight;
import dev.binnacle.mesh.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a {@link Steering} comes to: the service's VirtualService, and its DestinationRule where a subset is new, as they
 * would be. Pure: the mesh is not changed. One draft is written by one thread.
 */
public final class RoutingDraft {
    private static final String API = "networking.istio.io/v1";
    private static final int MOST_HEADERS = 50;

    private final ServiceRouting routing;
    private final Routing now;
    private final List<String> words = new ArrayList<>();
    private final Map<String, String> newSubsets = new TreeMap<>();
    private Map<String, Object> resource = new LinkedHashMap<>();
    private List<Map<String, Object>> requestRules = List.of();
    private boolean created;

    /** Ends a draft that cannot be. */
    private static final class Refusal extends Exception {
        private static final long serialVersionUID = 1L;

        Refusal(String why) {
            super(why, null, false, false);
        }
    }

    private RoutingDraft(ServiceRouting routing) {
        this.routing = routing;
        this.now = routing.routing();
    }

    /** Returns what would be written, or why nothing can be. */
    public static Drafted of(ServiceRouting routing, Steering wanted) {
        try {
            return new RoutingDraft(routing).write(wanted);
        } catch (Refusal refusal) {
            return new Drafted.Refused(String.valueOf(refusal.getMessage()));
        }
    }

    private Drafted write(Steering wanted) throws Refusal {
        if (!now.editable()) {
            throw new Refusal(String.valueOf(now.why()));
        }
        begin();
        var before = created ? Optional.<String>empty() : Optional.of(YamlWriter.write(resource));
        var target = target(wanted.rule());
        if (wanted.weights() != null) {
            weights(target, wanted.weights());
        }
        // Rules that are added in front leave the target where it is: it is a part of the tree already.
        if (wanted.fault() != null) {
            fault(target, wanted.fault());
        }
        if (wanted.headers() != null) {
            headers(wanted.headers());
        }
        return finish(before);
    }

    private void begin() {
        var owner = routing.owners().stream().findFirst();
        var text = owner.flatMap(o -> WrittenResources.find(routing.mesh().files(), o));
        created = text.isEmpty();
        resource = text.map(Tree::of).orElseGet(this::fresh);
        var spec = Tree.map(resource, "spec");
        requestRules = spec.containsKey("http")
                ? Tree.list(spec, "http").stream().map(RoutingDraft::mapping).toList()
                : List.of();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> mapping(Object rule) {
        return (Map<String, Object>) rule;
    }

    /** The VirtualService that says what holds without a word. */
    private Map<String, Object> fresh() {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", freeName());
        metadata.put("namespace", now.namespace());
        var spec = new LinkedHashMap<String, Object>();
        spec.put("hosts", new ArrayList<Object>(List.of(now.host())));
        boolean http = now.rules().stream().anyMatch(rule -> rule.protocol().equals("http"));
        var rule = new LinkedHashMap<String, Object>();
        rule.put("route", new ArrayList<Object>(List.of(route(now.host(), null, null))));
        spec.put(http ? "http" : "tcp", new ArrayList<Object>(List.of(rule)));
        var fresh = new LinkedHashMap<String, Object>();
        fresh.put("apiVersion", API);
        fresh.put("kind", "VirtualService");
        fresh.put("metadata", metadata);
        fresh.put("spec", spec);
        return fresh;
    }

    private String freeName() {
        return free("VirtualService");
    }

    /** Another resource of that kind may have the service's name. */
    private String free(String kind) {
        String name = now.name();
        while (isTaken(kind, name)) {
            name = name + "-routing";
        }
        return name;
    }

    private boolean isTaken(String kind, String name) {
        return routing.mesh().manifests().resources().stream()
                .anyMatch(other -> other.ref().kind().equals(kind)
                        && other.ref().namespace().equals(now.namespace())
                        && other.ref().name().equals(name));
    }

    /** The rule that weights and faults belong to, in the tree. */
    private Target target(@Nullable Integer index) throws Refusal {
        if (index != null && (index < 0 || index >= now.rules().size())) {
            throw new Refusal(
                    "there is no rule " + index + "; there are " + now.rules().size() + ", counted from 0");
        }
        if (created) {
            String section = Tree.map(resource, "spec").containsKey("http") ? "http" : "tcp";
            return new Target(section, item(section, 0), "every request");
        }
        var rule = index == null ? rest() : Optional.of(now.rules().get(index));
        var written = rule.flatMap(r -> routing.written(r.index()));
        return written.map(w -> new Target(
                        w.section(), item(w.section(), w.position()), rule.get().when()))
                .orElse(Target.NONE);
    }

    private Optional<Routing.Rule> rest() {
        return now.rules().stream()
                .filter(rule -> routing.written(rule.index()).isPresent())
                .filter(rule ->
                        rule.when().equals("every request") || rule.when().equals("every connection"))
                .findFirst();
    }

    private Map<String, Object> item(String section, int position) {
        return Tree.item(Tree.list(Tree.map(resource, "spec"), section), position);
    }

    private record Target(String section, Map<String, Object> rule, String when) {
        static final Target NONE = new Target("", Map.of(), "");

        Map<String, Object> needed() throws Refusal {
            if (section.isEmpty()) {
                throw new Refusal("no written rule takes what no other rule takes; name a rule by its index");
            }
            return rule;
        }
    }

    private void weights(Target target, List<Weight> wanted) throws Refusal {
        var rule = target.needed();
        var shares = shares(wanted);
        if (!(rule.get("route") instanceof List<?>)) {
            throw new Refusal("the rule for " + target.when() + " sends requests nowhere, so it has no weights");
        }
        var routes = Tree.list(rule, "route");
        var template = Tree.item(routes, 0);
        boolean only = routes.size() == 1;
        var seen = new HashSet<@Nullable String>();
        for (int i = 0; i < routes.size(); i++) {
            var route = Tree.item(routes, i);
            String subset = subsetOf(route);
            if (!seen.add(subset)) {
                throw new Refusal("the rule for " + target.when() + " has several destinations for " + named(subset)
                        + ": edit it by hand");
            }
            reweight(route, subset, only, shares, target);
        }
        for (var share : shares.entrySet()) {
            String subset = share.getKey().orElse(null);
            if (!seen.contains(subset) && share.getValue() > 0) {
                known(subset);
                routes.add(added(template, subset, share.getValue()));
                words.add(capital(target.when()) + ": " + share.getValue() + " % go to " + named(subset)
                        + " from now on");
            }
        }
    }

    private void reweight(
            Map<String, Object> route,
            @Nullable String subset,
            boolean only,
            Map<Optional<String>, Integer> shares,
            Target target)
            throws Refusal {
        var share = shares.get(Optional.ofNullable(subset));
        if (share == null) {
            throw new Refusal("the weights say nothing about " + named(subset) + ", to which the rule for "
                    + target.when() + " sends requests; give it 0 to take them away");
        }
        String written = Tree.text(route, "weight");
        String old = only ? "100" : Objects.requireNonNullElse(written, "0");
        if (!old.equals(share.toString())) {
            words.add(capital(target.when()) + ": " + old + " % to " + named(subset) + " become " + share + " %");
            route.put("weight", share);
        } else if (only && shares.size() > 1) {
            route.put("weight", share);
        }
    }

    private Map<Optional<String>, Integer> shares(List<Weight> wanted) throws Refusal {
        var shares = new LinkedHashMap<Optional<String>, Integer>();
        int sum = 0;
        for (var weight : wanted) {
            if (weight == null || weight.weight() < 0 || weight.weight() > 100) {
                throw new Refusal("a weight is 0 to 100 percent" + (weight == null ? "" : ", not " + weight.weight()));
            }
            if (shares.put(Optional.ofNullable(weight.subset()), weight.weight()) != null) {
                throw new Refusal("there are two weights for " + named(weight.subset()));
            }
            sum += weight.weight();
        }
        if (sum != 100) {
            throw new Refusal("the weights add up to " + sum + " percent, not 100");
        }
        return shares;
    }

    /** Returns the subset; refuses destinations that are not of this service. */
    private @Nullable String subsetOf(Map<String, Object> route) throws Refusal {
        var destination = Tree.map(route, "destination");
        String host = Objects.requireNonNullElse(Tree.text(destination, "host"), "");
        if (!Hosts.resolve(host, namespace()).equals(now.host())) {
            throw new Refusal("the rule sends requests to " + Words.quoted(host) + ", too, which is another service");
        }
        return Tree.text(destination, "subset");
    }

    private String namespace() {
        return Objects.requireNonNullElse(Tree.text(Tree.map(resource, "metadata"), "namespace"), "default");
    }

    private Map<String, Object> added(Map<String, Object> like, @Nullable String subset, int weight) {
        var destination = Tree.map(like, "destination");
        String host = Objects.requireNonNullElse(Tree.text(destination, "host"), now.host());
        var route = route(host, subset, destination.get("port"));
        route.put("weight", weight);
        return route;
    }

    private static Map<String, Object> route(String host, @Nullable String subset, @Nullable Object port) {
        var destination = new LinkedHashMap<String, Object>();
        destination.put("host", host);
        if (subset != null) {
            destination.put("subset", subset);
        }
        if (port != null) {
            destination.put("port", Tree.copy(port));
        }
        var route = new LinkedHashMap<String, Object>();
        route.put("destination", destination);
        return route;
    }

    /** Refuses a subset that neither a rule nor the pods' versions know. */
    private void known(@Nullable String subset) throws Refusal {
        if (subset == null) {
            return;
        }
        var found = now.subsets().stream()
                .filter(known -> known.name().equals(subset))
                .findFirst()
                .orElseThrow(() -> new Refusal("there is no subset " + Words.quoted(subset) + " of " + now.host()
                        + "; there are: "
                        + String.join(
                                ", ",
                                now.subsets().stream().map(Routing.Subset::name).toList())));
        if (!found.defined()) {
            newSubsets.put(found.name(), found.labels().getOrDefault("version", found.name()));
        }
    }

    private void fault(Target target, WantedFault wanted) throws Refusal {
        check(wanted);
        if (!target.section().equals("http")) {
            target.needed();
            throw new Refusal("faults are for HTTP requests, this service has rules for connections only");
        }
        if (wanted.header() == null) {
            set(target.needed(), wanted, target.when());
        } else {
            faultFor(
                    target,
                    wanted,
                    String.valueOf(wanted.header().name()),
                    String.valueOf(wanted.header().value()));
        }
    }

    /** A rule of its own, like the one it stands before. */
    private void faultFor(Target target, WantedFault wanted, String header, String value) throws Refusal {
        var rules = Tree.list(Tree.map(resource, "spec"), "http");
        String name = "fault-" + header.toLowerCase(java.util.Locale.ROOT);
        for (int i = 0; i < rules.size(); i++) {
            if (name.equals(Tree.text(Tree.item(rules, i), "name"))) {
                rules.remove(i);
                words.add("The rule " + name + " goes away");
                break;
            }
        }
        if (wanted.isNone()) {
            return;
        }
        var rule = new LinkedHashMap<String, Object>();
        rule.put("name", name);
        rule.put("match", new ArrayList<Object>(List.of(condition(header, value, "exact"))));
        target.needed().forEach((field, written) -> {
            if (!field.equals("name") && !field.equals("match") && !field.equals("fault")) {
                rule.put(field, Tree.copy(written));
            }
        });
        rules.addFirst(rule);
        set(rule, wanted, "header " + header + " is " + Words.quoted(value));
    }

    private void set(Map<String, Object> rule, WantedFault wanted, String when) throws Refusal {
        if (rule.containsKey("redirect") || rule.containsKey("directResponse")) {
            throw new Refusal("the rule for " + when + " is answered by the proxy, so there is nothing to disturb");
        }
        if (wanted.isNone()) {
            if (rule.remove("fault") != null) {
                words.add(capital(when) + ": no faults any more");
            }
            return;
        }
        var fault = new LinkedHashMap<String, Object>();
        if (wanted.delayMilliseconds() != null) {
            double percent = percent(wanted.delayPercent());
            fault.put(
                    "delay",
                    ordered("percentage", ordered("value", percent), "fixedDelay", wanted.delayMilliseconds() + "ms"));
            words.add(capital(when) + ": " + Words.percent(percent) + " wait " + wanted.delayMilliseconds()
                    + " ms first");
        }
        if (wanted.abortStatus() != null) {
            double percent = percent(wanted.abortPercent());
            fault.put("abort", ordered("percentage", ordered("value", percent), "httpStatus", wanted.abortStatus()));
            words.add(capital(when) + ": " + Words.percent(percent) + " are answered " + wanted.abortStatus());
        }
        rule.put("fault", fault);
    }

    private static double percent(@Nullable Double written) {
        return written == null ? 100 : written;
    }

    private static void check(WantedFault fault) throws Refusal {
        var delay = fault.delayMilliseconds();
        if (delay != null && (delay < 1 || delay > 3_600_000)) {
            throw new Refusal("a delay is 1 to 3600000 milliseconds, not " + delay);
        }
        var status = fault.abortStatus();
        if (status != null && (status < 200 || status > 599)) {
            throw new Refusal("a status is 200 to 599, not " + status);
        }
        for (double percent : new double[] {percent(fault.delayPercent()), percent(fault.abortPercent())}) {
            if (!(percent >= 0 && percent <= 100)) {
                throw new Refusal("a share is 0 to 100 percent, not " + percent);
            }
        }
        if (fault.header() != null) {
            header(fault.header().name(), fault.header().value());
        }
    }

    private void headers(List<HeaderRule> wanted) throws Refusal {
        if (wanted.size() > MOST_HEADERS) {
            throw new Refusal("there are " + wanted.size() + " rules for headers, the most is " + MOST_HEADERS);
        }
        var left = new LinkedHashMap<Routing.Header, HeaderRule>();
        for (var rule : wanted) {
            var header = header(rule);
            if (left.put(header, rule) != null) {
                throw new Refusal("there are two rules for " + said(header));
            }
            known(rule.subset());
        }
        if (requestRules.isEmpty()) {
            throw new Refusal("headers are for HTTP requests, this service has rules for connections only");
        }
        var rules = Tree.list(Tree.map(resource, "spec"), "http");
        var gone = new ArrayList<Map<String, Object>>();
        var destinations = Tree.item(rules, rules.size() - 1).get("route") instanceof List<?> list ? list : List.of();
        for (var rule : now.rules()) {
            if (rule.header() != null && leadsHere(rule) && !isFault(rule)) {
                keep(rule, left.remove(rule.header()), gone);
            }
        }
        rules.removeIf(rule -> gone.stream().anyMatch(one -> one == rule));
        int place = 0;
        for (var added : left.entrySet()) {
            rules.add(place++, rule(added.getKey(), added.getValue().subset(), destinations));
            words.add("Requests whose " + said(added.getKey()) + " go to "
                    + named(added.getValue().subset()));
        }
    }

    private boolean leadsHere(Routing.Rule rule) {
        return rule.destinations().getFirst().host().equals(now.host());
    }

    private static boolean isFault(Routing.Rule rule) {
        return rule.name() != null && rule.name().startsWith("fault-");
    }

    private void keep(Routing.Rule rule, @Nullable HeaderRule wanted, List<Map<String, Object>> gone) throws Refusal {
        var header = Objects.requireNonNull(rule.header());
        Written written = routing.written(rule.index()).orElseThrow();
        var tree = requestRules.get(written.position());
        if (wanted == null) {
            gone.add(tree);
            words.add("The rule for requests whose " + said(header) + " goes away");
            return;
        }
        var old = rule.destinations().getFirst().subset();
        if (!Objects.equals(old, wanted.subset())) {
            var destination = Tree.map(Tree.item(Tree.list(tree, "route"), 0), "destination");
            if (wanted.subset() == null) {
                destination.remove("subset");
            } else {
                destination.put("subset", wanted.subset());
            }
            words.add("Requests whose " + said(header) + " go to " + named(wanted.subset()) + " instead of "
                    + named(old));
        }
    }

    private Map<String, Object> rule(Routing.Header header, @Nullable String subset, List<?> like) {
        var destination = like.isEmpty() || !(like.getFirst() instanceof Map<?, ?>)
                ? new LinkedHashMap<String, Object>()
                : Tree.map(Tree.item(new ArrayList<Object>(like), 0), "destination");
        String written = Tree.text(destination, "host");
        boolean same = written != null && Hosts.resolve(written, namespace()).equals(now.host());
        String host = same && written != null ? written : now.host();
        var rule = new LinkedHashMap<String, Object>();
        rule.put("match", new ArrayList<Object>(List.of(condition(header.name(), header.value(), header.match()))));
        rule.put("route", new ArrayList<Object>(List.of(route(host, subset, same ? destination.get("port") : null))));
        return rule;
    }

    private static Map<String, Object> condition(String header, String value, String match) {
        return ordered("headers", ordered(header, ordered(match, value)));
    }

    private static Routing.Header header(@Nullable HeaderRule rule) throws Refusal {
        if (rule == null) {
            throw new Refusal("a rule for a header is missing");
        }
        String match = Objects.requireNonNullElse(rule.match(), "exact");
        if (!match.equals("exact") && !match.equals("prefix")) {
            throw new Refusal("headers are compared by exact or prefix, not " + Words.quoted(match));
        }
        header(rule.name(), rule.value());
        return new Routing.Header(String.valueOf(rule.name()), String.valueOf(rule.value()), match);
    }

    private static void header(@Nullable String name, @Nullable String value) throws Refusal {
        if (name == null || !Names.isHeader(name)) {
            throw new Refusal(Words.quoted(String.valueOf(name)) + " is not the name of a header");
        }
        boolean line = value != null
                && !value.isEmpty()
                && value.length() <= 1000
                && value.chars().allMatch(c -> c >= ' ' && c != 0x7f);
        if (!line) {
            throw new Refusal("the value of header " + name + " is to be one line of 1 to 1000 characters");
        }
    }

    private static String said(Routing.Header header) {
        return "header " + header.name() + (header.match().equals("exact") ? " is " : " begins with ")
                + Words.quoted(header.value());
    }

    private Drafted finish(Optional<String> before) throws Refusal {
        var texts = new ArrayList<String>();
        var olds = new ArrayList<String>();
        if (!newSubsets.isEmpty()) {
            subsets(texts, olds);
        }
        texts.add(YamlWriter.write(resource));
        before.ifPresent(olds::add);
        String yaml = String.join("---\n", texts);
        if (!created) {
            alsoAbout();
        }
        if (words.isEmpty()) {
            words.add("Nothing changes");
            if (created) {
                return new Drafted.Draft("", Optional.empty(), List.of(), words);
            }
        }
        var file = new ManifestFile("routing-" + now.namespace() + "-" + now.name() + ".yaml", yaml);
        return new Drafted.Draft(
                yaml,
                olds.isEmpty() ? Optional.empty() : Optional.of(String.join("---\n", olds)),
                List.of(file),
                words);
    }

    private void alsoAbout() {
        var owner = routing.owners().getFirst();
        var others = owner.hosts().stream()
                .map(host -> Hosts.requested(host.text(), owner.ref().namespace()))
                .filter(host -> !host.equals(now.host()))
                .toList();
        if (!words.isEmpty() && !others.isEmpty()) {
            words.add("The same holds for " + String.join(", ", others) + ", which " + owner.ref() + " is about, too");
        }
    }

    private void subsets(List<String> texts, List<String> olds) throws Refusal {
        var rule = routing.ownRule();
        Map<String, Object> tree;
        if (rule.isPresent()) {
            tree = WrittenResources.find(routing.mesh().files(), rule.get())
                    .map(Tree::of)
                    .orElseThrow(() -> new Refusal("the text of " + rule.get().ref() + " is not known here"));
            olds.add(YamlWriter.write(tree));
        } else {
            tree = ordered(
                    "apiVersion",
                    API,
                    "kind",
                    "DestinationRule",
                    "metadata",
                    ordered("name", free("DestinationRule"), "namespace", now.namespace()),
                    "spec",
                    ordered("host", now.host()));
        }
        var list = Tree.list(Tree.map(tree, "spec"), "subsets");
        newSubsets.forEach((name, version) -> {
            list.add(ordered("name", name, "labels", ordered("version", version)));
            words.add("The pods with version " + version + " become the subset " + name);
        });
        texts.add(YamlWriter.write(tree));
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (int at = 0; at < keysAndValues.length; at += 2) {
            map.put((String) keysAndValues[at], keysAndValues[at + 1]);
        }
        return map;
    }

    private static String named(@Nullable String subset) {
        return subset == null ? "all pods" : subset;
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }
}
