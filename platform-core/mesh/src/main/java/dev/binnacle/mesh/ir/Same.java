package dev.binnacle.mesh.ir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One certain object, as a key: it equals no other, so nobody looks into it. For large values that are passed on from one
 * translation to the next as they are.
 */
public record Same<T extends @Nullable Object>(T value) {
    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(@Nullable Object other) {
        return other instanceof Same<?> same && value == same.value;
    }

    /** Returns a key of these very objects. */
    public static <T> List<Same<T>> each(Collection<T> all) {
        var result = new ArrayList<Same<T>>(all.size());
        all.forEach(one -> result.add(new Same<>(one)));
        return List.copyOf(result);
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(value);
    }
}
