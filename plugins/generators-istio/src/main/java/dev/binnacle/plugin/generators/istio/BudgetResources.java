package dev.binnacle.plugin.generators.istio;

import static dev.binnacle.plugin.generators.istio.IstioYaml.map;

import dev.binnacle.mesh.Translation;
import dev.binnacle.mesh.cardinality.Assumptions;
import dev.binnacle.mesh.cardinality.Counting;
import dev.binnacle.mesh.cardinality.Flow;
import dev.binnacle.mesh.cardinality.PossibleFlows;
import dev.binnacle.mesh.istio.security.PeerAuthentication;
import dev.binnacle.mesh.manifest.ManifestFile;
import dev.binnacle.mesh.manifest.Manifests;
import dev.binnacle.plugin.generators.istio.IstioYaml.Resource;
import dev.binnacle.plugin.generators.istio.Wanted.MetricsBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A Telemetry that goes without as little as a budget allows. */
final class BudgetResources {
    private final MetricsBudget budget;
    private final Manifests manifests;
    private final Assumptions assumptions;

    BudgetResources(MetricsBudget budget, Manifests manifests) {
        this.budget = budget;
        this.manifests = manifests;
        this.assumptions = new Assumptions(budget.outcomes(), Map.of());
    }

    /**
     * What was found.
     *
     * @param series so many there are with it
     */
    record Found(Resource resource, long series) {
        boolean isWithin(MetricsBudget budget) {
            return series <= budget.series();
        }
    }

    /** Returns the first that is within the budget, or else the one with the fewest series. */
    Found find() {
        var overrides = new ArrayList<>(tags());
        var lost = new ArrayList<String>();
        long series = series(overrides);
        for (var saving : Saving.IN_ORDER) {
            if (series <= budget.series()) {
                break;
            }
            var possible = saving.without(budget.keep());
            if (possible.isPresent()) {
                var more = new ArrayList<>(overrides);
                more.addAll(possible.get().overrides());
                long fewer = series(more);
                if (fewer < series) {
                    overrides = more;
                    series = fewer;
                    lost.add(saving.lost());
                }
            }
        }
        return new Found(new Resource(comment(series, lost), telemetry(overrides)), series);
    }

    private List<Map<String, Object>> tags() {
        if (budget.tags().isEmpty()) {
            return List.of();
        }
        var tags = map();
        budget.tags().forEach((label, expression) -> tags.put(label, map("value", expression)));
        return List.of(map("match", map("metric", "REQUEST_COUNT"), "tagOverrides", tags));
    }

    private String comment(long series, List<String> lost) {
        String told = "At most " + series + " series of a budget of " + budget.series()
                + ", if every proxy calls every service it may and each edge ends in " + budget.outcomes()
                + (budget.outcomes() == 1 ? " way." : " ways.");
        return lost.isEmpty()
                ? told + "\nNothing has to be given up."
                : told + "\nGiven up:\n"
                        + lost.stream().map(what -> "- " + what).collect(Collectors.joining("\n"));
    }

    private Map<String, Object> telemetry(List<Map<String, Object>> overrides) {
        var metrics = map("providers", List.of(map("name", "prometheus")));
        if (!overrides.isEmpty()) {
            metrics.put("overrides", overrides);
        }
        return IstioYaml.resource(
                "telemetry.istio.io/v1", "Telemetry", budget.source(), map("metrics", List.of(metrics)));
    }

    /** Counts as the mesh would, from the very text that is written. */
    private long series(List<Map<String, Object>> overrides) {
        String text = IstioYaml.write(List.of(new Resource("", telemetry(overrides))));
        var changed = manifests.overlaid(Translation.read(List.of(new ManifestFile("telemetry.yaml", text)))
                .value());
        var mesh = Translation.compile(changed, Translation.plan(changed)).value();
        return new Counting(mesh, assumptions)
                .of(PossibleFlows.of(mesh, assumptions).stream()
                        .filter(this::isMeant)
                        .toList())
                .total();
    }

    private boolean isMeant(Flow flow) {
        String namespace = budget.source().namespace();
        return namespace.equals(PeerAuthentication.ROOT_NAMESPACE)
                || flow.proxy().endsWith("." + namespace);
    }
}
