package dev.binnacle.app.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the change log.
 *
 * @param id its number, from 1
 * @param who did it, or tried to
 * @param kind {@code apply}, {@code delete}, {@code undo}, {@code manifests} or {@code plugin}
 * @param resources what it is about
 * @param words what happened
 * @param outcome {@code done}, {@code refused} or {@code reverted}
 * @param before the resources as they were; null when there were none
 * @param after the resources as they are, or as they were to be; null when there are none
 * @param undoes the entry that this one took back
 * @param exact whether {@code before} and {@code after} are complete, nothing in them hidden or left out
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record AuditEntry(
        long id,
        Instant at,
        String who,
        String kind,
        List<ResourceRef> resources,
        String words,
        String outcome,
        @Nullable String before,
        @Nullable String after,
        @Nullable Long undoes,
        boolean exact) {
    /** The outcome of what happened. */
    public static final String DONE = "done";

    /** The outcome of what was not tried. */
    public static final String REFUSED = "refused";

    /** The outcome of what was tried and taken back. */
    public static final String REVERTED = "reverted";

    public AuditEntry {
        resources = List.copyOf(resources);
    }

    /** Returns the same with its place in the log. */
    AuditEntry at(long number, Instant time) {
        return new AuditEntry(number, time, who, kind, resources, words, outcome, before, after, undoes, exact);
    }

    /** Tells whether it changed the mesh, so that there is something to take back. */
    boolean changedTheMesh() {
        return outcome.equals(DONE) && !kind.equals("plugin") && !resources.isEmpty();
    }
}
