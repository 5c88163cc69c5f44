package dev.binnacle.mesh.cardinality;

import dev.binnacle.mesh.ir.Identity;
import dev.binnacle.mesh.ir.MeshIr;
import dev.binnacle.mesh.ir.ProxyIr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Traffic as it will be when pods come and go. A new pod has the traffic of one like it, of its own workload or else of another
 * version of the same service; what comes without an example has what its manifests allow.
 */
public final class ChangedFlows {
    private final Map<String, ProxyIr> before;
    private final Map<String, ProxyIr> after;
    private final MeshIr mesh;
    private final Assumptions assumptions;
    private final Set<Flow> flows;

    private ChangedFlows(Collection<Flow> flows, MeshIr before, MeshIr after, Assumptions assumptions) {
        this.flows = new LinkedHashSet<>(flows);
        this.before = before.byId();
        this.after = after.byId();
        this.mesh = after;
        this.assumptions = assumptions;
    }

    /** Returns what becomes of {@code flows} of the mesh as it was. */
    public static Set<Flow> of(Collection<Flow> flows, MeshIr before, MeshIr after, Assumptions assumptions) {
        var changed = new ChangedFlows(flows, before, after, assumptions);
        changed.removeGone();
        changed.addNew();
        return changed.flows;
    }

    private void removeGone() {
        flows.removeIf(flow -> before.containsKey(flow.proxy()) && !after.containsKey(flow.proxy()));
        var gone = identities(before);
        gone.removeAll(identities(after));
        flows.removeIf(flow -> gone.stream().anyMatch(identity -> isAbout(flow, identity)));
    }

    private static Set<Identity> identities(Map<String, ProxyIr> proxies) {
        return proxies.values().stream().map(ProxyIr::self).collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean isAbout(Flow flow, Identity identity) {
        return names(flow, "source", identity) || names(flow, "destination", identity);
    }

    private static boolean names(Flow flow, String side, Identity identity) {
        return identity.workload().equals(flow.labels().get(side + "_workload"))
                && identity.namespace().equals(flow.labels().get(side + "_workload_namespace"));
    }

    private void addNew() {
        var seen = Set.copyOf(flows);
        var strangers = new ArrayList<ProxyIr>();
        for (var proxy : after.values()) {
            if (!before.containsKey(proxy.id())) {
                like(proxy).ifPresentOrElse(model -> copy(proxy, model, seen), () -> strangers.add(proxy));
            }
        }
        allow(strangers);
    }

    /** A pod of the same workload, or of another version of the same service. */
    private Optional<ProxyIr> like(ProxyIr proxy) {
        var self = proxy.self();
        var candidates = before.values().stream()
                .filter(each -> each.self().namespace().equals(self.namespace()))
                .toList();
        return candidates.stream()
                .filter(each -> each.self().workload().equals(self.workload()))
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(each -> each.self().app().equals(self.app())
                                && !self.app().equals("unknown"))
                        .findFirst());
    }

    private void copy(ProxyIr proxy, ProxyIr model, Set<Flow> seen) {
        boolean newcomer = !model.self().equals(proxy.self());
        for (var flow : seen) {
            boolean own = flow.proxy().equals(model.id());
            if (own || isAbout(flow, model.self()) && newcomer) {
                flows.add(new Flow(
                        own ? proxy.id() : flow.proxy(),
                        flow.family(),
                        renamed(flow.labels(), flow, model.self(), proxy.self())));
            }
        }
    }

    private static Map<String, String> renamed(Map<String, String> labels, Flow flow, Identity from, Identity to) {
        var renamed = new HashMap<>(labels);
        for (String side : List.of("source", "destination")) {
            if (names(flow, side, from)) {
                PossibleFlows.peer(side, to).forEach((label, value) -> {
                    // Both are the same service account, as far as anybody knows.
                    if (!label.endsWith("_principal") && !label.endsWith("_cluster")) {
                        renamed.computeIfPresent(label, (name, old) -> value);
                    }
                });
            }
        }
        return renamed;
    }

    private void allow(List<ProxyIr> strangers) {
        if (strangers.isEmpty()) {
            return;
        }
        PossibleFlows.of(mesh, assumptions).stream()
                .filter(flow -> strangers.stream()
                        .anyMatch(proxy -> flow.proxy().equals(proxy.id()) || isAbout(flow, proxy.self())))
                .forEach(flows::add);
    }
}
