package dev.binnacle.mesh.ir;

import java.lang.reflect.InvocationTargetException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Turns the intermediate form into plain maps and lists for printing. Records become maps in the order of their
 * components; what is empty is left out; one of several kinds of a thing says which under {@code is}.
 */
public final class IrPrinter {
    private IrPrinter() {}

    /** Returns {@code value} as maps, lists, texts, numbers and booleans. */
    public static Object plain(Object value) {
        return switch (value) {
            case Origin origin -> origin.toString();
            case Hidden hidden -> hidden.toString();
            case Duration duration -> duration.toMillis() + "ms";
            case Optional<?> optional -> optional.map(IrPrinter::plain).orElse("");
            case Enum<?> constant -> constant.name();
            case Record node -> record(node);
            case List<?> list -> list.stream().map(IrPrinter::plain).toList();
            case Map<?, ?> map -> {
                var result = new TreeMap<String, Object>();
                map.forEach((key, item) -> result.put(String.valueOf(key), plain(item)));
                yield result;
            }
            default -> value;
        };
    }

    private static Map<String, Object> record(Record node) {
        var result = new LinkedHashMap<String, Object>();
        for (var contract : node.getClass().getInterfaces()) {
            if (contract.isSealed()) {
                result.put("is", node.getClass().getSimpleName());
            }
        }
        for (var component : node.getClass().getRecordComponents()) {
            var value = plain(read(node, component.getAccessor()));
            if (!isEmpty(value)) {
                result.put(component.getName(), value);
            }
        }
        return result;
    }

    private static Object read(Record node, java.lang.reflect.Method accessor) {
        try {
            return accessor.invoke(node);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("records of the intermediate form are public: " + accessor, e);
        }
    }

    private static boolean isEmpty(Object value) {
        return value instanceof String text && text.isEmpty()
                || value instanceof List<?> list && list.isEmpty()
                || value instanceof Map<?, ?> map && map.isEmpty()
                || value.equals(false);
    }
}
