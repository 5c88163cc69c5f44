package dev.binnacle.mesh.cardinality;

import dev.binnacle.mesh.cardinality.LabelCosts.Cost;
import dev.binnacle.mesh.ir.MeshIr;
import java.util.List;

/**
 * What a change makes of the number of series.
 *
 * @param now without the change
 * @param then with it
 * @param costs of labels, with the change; the dearest first
 */
public record CardinalityReport(Prediction now, Prediction then, List<Cost> costs) {
    public CardinalityReport {
        costs = List.copyOf(costs);
    }

    /** Returns it for the traffic that manifests allow. */
    public static CardinalityReport possible(MeshIr now, MeshIr then, Assumptions assumptions) {
        var flows = PossibleFlows.of(then, assumptions);
        var counting = new Counting(then, assumptions);
        return new CardinalityReport(
                new Counting(now, assumptions).of(PossibleFlows.of(now, assumptions)),
                counting.of(flows),
                LabelCosts.of(counting, flows));
    }

    /**
     * Returns it for traffic that was seen.
     *
     * @param now the mesh that made it
     */
    public static CardinalityReport observed(ObservedFlows seen, MeshIr now, MeshIr then, Assumptions assumptions) {
        var flows = ChangedFlows.of(seen.traffic(), now, then, assumptions);
        var counting = new Counting(then, assumptions);
        return new CardinalityReport(seen.now(), counting.of(flows), LabelCosts.of(counting, flows));
    }

    /** Tells whether it is sure that there are at most {@code budget} series. */
    public boolean isWithin(long budget) {
        return then.unknown().isEmpty() && then.total() <= budget;
    }
}
