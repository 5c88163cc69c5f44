package dev.binnacle.mesh.cardinality;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What labels cost: how many series fewer there would be without them. */
public final class LabelCosts {
    private static final String SOURCE = "source_";
    private static final String DESTINATION = "destination_";
    private static final Set<String> OUTCOME = Set.of("response_code", "response_flags", "grpc_response_status");

    private LabelCosts() {}

    /**
     * A label, or several that only go together.
     *
     * @param name the label, or what its group is called
     * @param labels all of them
     * @param saved so many series fewer there would be
     */
    public record Cost(String name, Set<String> labels, long saved) {
        public Cost {
            labels = Collections.unmodifiableSet(new TreeSet<>(labels));
        }
    }

    /**
     * Returns what each label costs, the dearest first, and what groups cost: who calls is said by eight labels, of which one
     * costs nothing while the others are there.
     */
    public static List<Cost> of(Counting counting, Collection<Flow> flows) {
        long total = counting.of(flows).total();
        var costs = new ArrayList<Cost>();
        groups(counting.labels(flows))
                .forEach((name, labels) -> costs.add(new Cost(
                        name, labels, total - counting.without(flows, labels).total())));
        costs.sort(Comparator.comparingLong(Cost::saved).reversed().thenComparing(Cost::name));
        return List.copyOf(costs);
    }

    private static Map<String, Set<String>> groups(Collection<String> labels) {
        var groups = new LinkedHashMap<String, Set<String>>();
        labels.forEach(label -> groups.put(label, Set.of(label)));
        groups.put(SOURCE + "*", starting(labels, SOURCE));
        groups.put(DESTINATION + "*", starting(labels, DESTINATION));
        groups.put("response_*, grpc_response_status", OUTCOME);
        groups.remove("reporter");
        return groups;
    }

    private static Set<String> starting(Collection<String> labels, String prefix) {
        var result = new TreeSet<String>();
        labels.stream().filter(label -> label.startsWith(prefix)).forEach(result::add);
        return result;
    }
}
