package dev.binnacle.mesh.ir;

import java.util.List;
import java.util.Map;

/** Changes to the headers of requests and responses. */
public record HeaderChanges(Operations request, Operations response) {
    /** Changes nothing. */
    public static final HeaderChanges NONE = new HeaderChanges(Operations.NONE, Operations.NONE);

    /** Changes in one direction. */
    public record Operations(Map<String, String> set, Map<String, String> add, List<String> remove) {
        /** Changes nothing. */
        public static final Operations NONE = new Operations(Map.of(), Map.of(), List.of());
    }
}
