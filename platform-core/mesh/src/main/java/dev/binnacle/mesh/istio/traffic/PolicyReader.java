package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.Traffic.RetryBudget;
import dev.binnacle.mesh.istio.traffic.Policy.Settings;
import dev.binnacle.mesh.istio.traffic.Policy.Wide;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads traffic policies. */
public final class PolicyReader {
    /** The fields of a policy. */
    public static final Shape SHAPE = TrafficShapes.POLICY;

    private static final double BUDGET_PERCENT = 20;
    private static final int BUDGET_MINIMUM = 3;

    private final Problems problems;
    private final LoadBalancerReader loadBalancers;
    private final ConnectionPoolReader pools;
    private final OutlierDetectionReader outliers;
    private final ClientTlsReader tls;

    public PolicyReader(Problems problems) {
        this.problems = problems;
        this.loadBalancers = new LoadBalancerReader(problems);
        this.pools = new ConnectionPoolReader(problems);
        this.outliers = new OutlierDetectionReader(problems);
        this.tls = new ClientTlsReader(problems);
    }

    /** Returns the policy in {@code trafficPolicy} of a DestinationRule or a subset. */
    public Policy read(Section parent) {
        return parent.section("trafficPolicy").map(this::policy).orElse(Policy.NONE);
    }

    private Policy policy(Section policy) {
        refuseSilence(policy, List.of());
        return new Policy(settings(policy), wide(policy), ports(policy));
    }

    /** Of two settings for one port the first counts, as in Istio. */
    private Map<Integer, Settings> ports(Section policy) {
        var result = new TreeMap<Integer, Settings>();
        for (var port : policy.sections("portLevelSettings")) {
            refuseSilence(port, List.of("port"));
            port.section("port")
                    .flatMap(p -> p.number("number"))
                    .ifPresent(number -> result.putIfAbsent(number, settings(port)));
        }
        return result;
    }

    private void refuseSilence(Section policy, List<String> besides) {
        if (policy.node().entries().stream().allMatch(entry -> besides.contains(entry.key()))) {
            problems.add(DiagnosticCode.MISSING_FIELD, policy.place(), "the policy says nothing", "Remove it");
        }
    }

    private Settings settings(Section policy) {
        return new Settings(
                policy.section("loadBalancer").map(loadBalancers::read),
                policy.section("connectionPool").map(pools::read),
                policy.section("outlierDetection").map(outliers::read),
                policy.section("tls").map(tls::read));
    }

    private static Wide wide(Section policy) {
        return new Wide(
                policy.section("proxyProtocol")
                        .map(protocol -> protocol.text("version").orElse("V1").equals("V2") ? 2 : 1),
                policy.section("retryBudget").map(PolicyReader::budget));
    }

    private static RetryBudget budget(Section budget) {
        return new RetryBudget(
                budget.decimal("percent").orElse(BUDGET_PERCENT),
                positive(budget, "minRetryConcurrency").orElse(BUDGET_MINIMUM));
    }

    /** Istio cannot tell 0 from nothing. */
    static Optional<Integer> positive(Section section, String field) {
        return section.number(field).filter(number -> number > 0);
    }
}
