package dev.binnacle.plugin.collectors.mesh.envoy;

import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.context.MeshView;
import dev.binnacle.spi.context.Proxy;
import dev.binnacle.spi.model.Sample;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Visits every Envoy of the mesh at the same time and reports what each one says. */
final class EnvoyCollector implements Collector {
    private final MeshView mesh;
    private final ProxyVisit visit;
    private final System.Logger log;
    private final Set<String> failing = new HashSet<>();

    EnvoyCollector(MeshView mesh, ProxyVisit visit, System.Logger log) {
        this.mesh = mesh;
        this.visit = visit;
        this.log = log;
    }

    @Override
    public List<Sample> collect(Instant at) throws CollectionException, InterruptedException {
        var begun = new ArrayList<ProxyVisit.Pending>();
        try {
            mesh.proxies().forEach(proxy -> begun.add(visit.begin(proxy)));
            var samples = new ArrayList<Sample>();
            for (var pending : begun) {
                var report = pending.await(at);
                samples.addAll(report.samples());
                note(pending.proxy(), report.problems());
            }
            return samples;
        } finally {
            begun.forEach(ProxyVisit.Pending::cancel);
        }
    }

    @Override
    public void close() {
        // Connections are the host's.
    }

    /** Logs once when an Envoy begins to fail and once when it is well again; the gauge tells in between. */
    private void note(Proxy proxy, List<String> problems) {
        String name = proxy.pod() + "." + proxy.namespace();
        if (problems.isEmpty()) {
            if (failing.remove(name)) {
                log.log(Level.INFO, "Envoy answers again proxy={0}", name);
            }
        } else if (failing.add(name)) {
            log.log(
                    Level.WARNING,
                    "Envoy not read proxy={0} pages={1} first={2}",
                    name,
                    problems.size(),
                    problems.getFirst());
        }
    }
}
