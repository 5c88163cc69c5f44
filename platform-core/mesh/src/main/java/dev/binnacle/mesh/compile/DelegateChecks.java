package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.VirtualService;
import dev.binnacle.mesh.istio.VirtualService.Delegate;
import dev.binnacle.mesh.istio.VirtualService.HttpRule;
import dev.binnacle.mesh.registry.Delegation;
import dev.binnacle.mesh.registry.Registry;
import dev.binnacle.mesh.registry.VirtualServices;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Rules that are delegated, and the VirtualServices without hosts that they are delegated to. */
final class DelegateChecks {
    private final List<VirtualService> written;
    private final VirtualServices services;

    DelegateChecks(Registry registry) {
        this.written = registry.manifests().virtualServices();
        this.services = new VirtualServices(registry.manifests());
    }

    void run(Problems problems) {
        Set<VirtualService> used = new HashSet<>();
        for (var root : written) {
            for (var rule : root.http()) {
                rule.delegate().ifPresent(delegate -> check(root, rule, delegate, used, problems));
            }
        }
        written.stream()
                .filter(service -> service.hosts().isEmpty() && !used.contains(service))
                .forEach(service -> problems.add(
                        DiagnosticCode.UNUSED_DELEGATE,
                        new Place(service.ref(), service.origin(), ""),
                        "it has no hosts, and no VirtualService delegates to it, so it takes no effect",
                        "Add hosts, or delegate to it"));
    }

    private void check(
            VirtualService root, HttpRule rule, Delegate delegate, Set<VirtualService> used, Problems problems) {
        var found = services.delegate(root, delegate);
        if (found.isEmpty()) {
            reportUnknown(root, delegate, problems);
            return;
        }
        used.add(found.get());
        var delegation = new Delegation(rule);
        found.get().http().stream()
                .filter(delegated -> delegation.merge(delegated).isEmpty())
                .forEach(delegated -> problems.add(
                        DiagnosticCode.DELEGATE_CONFLICT,
                        delegated.place(),
                        "a condition of this rule is not within those of " + root.ref() + " "
                                + rule.place().path() + " (" + rule.place().origin()
                                + "), so the rule takes no effect there",
                        "Ask for no more than the rule that delegates does; expressions never count as being within"
                                + " others"));
    }

    private void reportUnknown(VirtualService root, Delegate delegate, Problems problems) {
        String id = delegate.namespace().orElse(root.ref().namespace()) + "/" + delegate.name();
        String known = written.stream()
                .filter(service -> service.hosts().isEmpty())
                .map(service -> service.ref().namespace() + "/" + service.ref().name())
                .collect(Collectors.joining(", "));
        problems.add(
                DiagnosticCode.UNKNOWN_DELEGATE,
                delegate.place(),
                known(id)
                        .map(service -> service.hosts().isEmpty()
                                ? service.ref() + " is not exported to namespace "
                                        + root.ref().namespace()
                                : service.ref() + " has hosts of its own, so nothing can be delegated to it")
                        .orElse("there is no VirtualService " + id + ", so the rule takes no effect"),
                known.isEmpty() ? "Define one without hosts" : "Those without hosts are " + known);
    }

    private Optional<VirtualService> known(String id) {
        return written.stream()
                .filter(service -> id.equals(
                        service.ref().namespace() + "/" + service.ref().name()))
                .findFirst();
    }
}
