package dev.binnacle.kubernetes.apply;

import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** Who has written what of an object, by the API server's own notes. */
final class Ownership {
    /** The name under which the platform applies. */
    static final String MANAGER = "binnacle";

    private static final String APPLY = "Apply";

    /** What is no content: somebody's note beside it does no harm. */
    private static final Set<String> BESIDE = Set.of("f:metadata", "f:status");

    private Ownership() {}

    /** Tells whether the platform has applied the object. */
    static boolean isOurs(HasMetadata object) {
        return entries(object).stream().anyMatch(Ownership::isByUs);
    }

    /** Returns who else has written a part of its content. */
    static Optional<String> otherWriter(HasMetadata object) {
        return entries(object).stream()
                .filter(entry -> !isByUs(entry) && hasContent(entry.getFieldsV1()))
                .map(ManagedFieldsEntry::getManager)
                .findFirst();
    }

    private static boolean isByUs(ManagedFieldsEntry entry) {
        return MANAGER.equals(entry.getManager()) && APPLY.equals(entry.getOperation());
    }

    private static boolean hasContent(FieldsV1 fields) {
        return fields != null
                && !BESIDE.containsAll(fields.getAdditionalProperties().keySet());
    }

    private static List<ManagedFieldsEntry> entries(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getManagedFields(), List.of());
    }
}
