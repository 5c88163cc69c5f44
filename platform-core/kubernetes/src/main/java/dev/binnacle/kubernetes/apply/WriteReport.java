package dev.binnacle.kubernetes.apply;

import java.util.List;

/**
 * What became of generated objects in one run.
 *
 * @param unchanged objects that were as they should be
 * @param applied the names of those that were made or changed, also where somebody had changed them
 * @param pruned the names of those that nothing makes any more, and that are gone
 * @param problems what was not done, why, and what to do; sorted
 * @param isWhole whether the run came to its end; one that lost the lease did not
 */
public record WriteReport(
        int unchanged, List<String> applied, List<String> pruned, List<String> problems, boolean isWhole) {
    /** Nothing was done. */
    public static final WriteReport NONE = new WriteReport(0, List.of(), List.of(), List.of(), false);

    public WriteReport {
        applied = List.copyOf(applied);
        pruned = List.copyOf(pruned);
        problems = problems.stream().sorted().distinct().toList();
    }
}
