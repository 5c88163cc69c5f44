package dev.binnacle.mesh.gatewayapi;

import java.util.List;
import java.util.Map;

/** Labels that namespaces must have, and conditions on them; all of it must hold. */
public record LabelSelector(Map<String, String> labels, List<Expression> expressions) {
    /** Selects everything. */
    public static final LabelSelector ALL = new LabelSelector(Map.of(), List.of());

    /**
     * A condition.
     *
     * @param operator {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}
     */
    public record Expression(String key, String operator, List<String> values) {
        boolean holds(Map<String, String> all) {
            boolean listed = all.containsKey(key) && values.contains(all.get(key));
            return switch (operator) {
                case "In" -> listed;
                case "NotIn" -> !listed;
                case "Exists" -> all.containsKey(key);
                default -> !all.containsKey(key);
            };
        }
    }

    /** Tells whether something with these labels is selected. */
    public boolean selects(Map<String, String> all) {
        return all.entrySet().containsAll(labels.entrySet())
                && expressions.stream().allMatch(expression -> expression.holds(all));
    }
}
