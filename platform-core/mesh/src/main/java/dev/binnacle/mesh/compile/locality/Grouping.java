package dev.binnacle.mesh.compile.locality;

import dev.binnacle.mesh.ir.Cluster.EndpointGroup;
import dev.binnacle.mesh.ir.Locality;
import dev.binnacle.mesh.istio.traffic.LoadBalancer.ByLocality;
import dev.binnacle.mesh.istio.traffic.LoadBalancer.Distribute;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Groups endpoints by locality as one client sees them: with the shares of a distribution, or with priorities. Priorities
 * count from 0 without a gap; there are some only where failures are noticed, as nothing else would lead to a lower one.
 *
 * @param from where the client is
 * @param labels of the client's pod, with those that say where it is
 */
public record Grouping(Locality from, Map<String, String> labels) {
    /** Members of one locality that share a priority. */
    private record Draft(Locality locality, List<Located> members, int priority) {
        Draft at(int other) {
            return new Draft(locality, members, other);
        }

        int weight() {
            long sum = members.stream().mapToLong(m -> m.endpoint().weight()).sum();
            return (int) Math.min(sum, Integer.MAX_VALUE);
        }
    }

    /** Returns the groups, sorted by locality and priority. */
    public List<EndpointGroup> of(List<Located> members, ByLocality setting, boolean noticesFailures) {
        var drafts = byLocality(members);
        if (!setting.enabled()) {
            return finished(drafts);
        }
        if (!setting.distribute().isEmpty()) {
            return shared(drafts, setting.distribute());
        }
        return finished(noticesFailures ? prioritised(drafts, setting) : drafts);
    }

    private static List<Draft> byLocality(List<Located> members) {
        return members.stream()
                .collect(Collectors.groupingBy(m -> m.locality().toString(), TreeMap::new, Collectors.toList()))
                .values()
                .stream()
                .map(same -> new Draft(same.getFirst().locality(), same, 0))
                .toList();
    }

    private static List<EndpointGroup> finished(List<Draft> drafts) {
        return drafts.stream().map(draft -> group(draft, draft.weight())).toList();
    }

    private static EndpointGroup group(Draft draft, int weight) {
        return new EndpointGroup(
                draft.locality(),
                draft.priority(),
                weight,
                draft.members().stream().map(Located::endpoint).toList());
    }

    /** Localities that the distribution does not name get nothing; where it is not about the client, it says nothing. */
    private List<EndpointGroup> shared(List<Draft> drafts, List<Distribute> distribute) {
        var mine =
                distribute.stream().filter(entry -> from.isWithin(entry.from())).findFirst();
        if (mine.isEmpty()) {
            return finished(drafts);
        }
        var result = new ArrayList<EndpointGroup>();
        for (var draft : drafts) {
            shareOf(draft, drafts, mine.get()).ifPresent(share -> result.add(group(draft, share)));
        }
        return List.copyOf(result);
    }

    /** A share for several localities is divided by the number of their endpoints. */
    private static Optional<Integer> shareOf(Draft draft, List<Draft> all, Distribute distribute) {
        return distribute.to().entrySet().stream()
                .filter(entry -> draft.locality().isWithin(entry.getKey()))
                .findFirst()
                .map(entry -> {
                    long together = all.stream()
                            .filter(d -> d.locality().isWithin(entry.getKey()))
                            .mapToLong(Draft::weight)
                            .sum();
                    return (int) Math.ceilDiv((long) draft.weight() * entry.getValue(), together);
                });
    }

    private List<Draft> prioritised(List<Draft> drafts, ByLocality setting) {
        if (setting.failoverPriority().isEmpty()) {
            return withoutGaps(drafts, draft -> distance(draft.locality(), setting));
        }
        var byLabels = withoutGaps(split(drafts, setting.failoverPriority()), Draft::priority);
        return setting.failover().isEmpty()
                ? byLabels
                : withoutGaps(byLabels, d -> d.priority() * Distance.LEVELS + distance(d.locality(), setting));
    }

    private int distance(Locality to, ByLocality setting) {
        return Distance.between(from, to, setting.failover());
    }

    private List<Draft> split(List<Draft> drafts, List<String> wanted) {
        return drafts.stream()
                .flatMap(draft -> draft.members().stream()
                        .collect(Collectors.groupingBy(
                                m -> Distance.byLabels(wanted, labels, m.labels()), TreeMap::new, Collectors.toList()))
                        .entrySet()
                        .stream()
                        .map(same -> new Draft(draft.locality(), same.getValue(), same.getKey())))
                .toList();
    }

    private static List<Draft> withoutGaps(List<Draft> drafts, ToIntFunction<Draft> priority) {
        var levels = new ArrayList<>(
                new TreeSet<>(drafts.stream().map(priority::applyAsInt).toList()));
        return drafts.stream()
                .map(draft -> draft.at(levels.indexOf(priority.applyAsInt(draft))))
                .toList();
    }
}
