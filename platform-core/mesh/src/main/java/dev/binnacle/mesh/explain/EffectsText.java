package dev.binnacle.mesh.explain;

import dev.binnacle.mesh.explain.Effects.Retries;
import dev.binnacle.mesh.explain.Effects.Trouble;
import dev.binnacle.mesh.ir.HeaderChanges;
import dev.binnacle.mesh.ir.HeaderChanges.Operations;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form of {@link Effects} that people read. */
final class EffectsText {
    private EffectsText() {}

    /** Returns what there is to say, by what it is about. */
    static Map<String, String> lines(Effects effects) {
        var result = new LinkedHashMap<String, String>();
        put(result, "status", effects.status());
        put(result, "location", effects.location());
        put(result, "body", effects.body());
        put(result, "path", effects.path());
        put(result, "to host", effects.host());
        put(result, "timeout", effects.timeout() == null ? null : Times.write(effects.timeout()));
        put(result, "retries", effects.retries() == null ? null : retries(effects.retries()));
        put(result, "fault", effects.fault() == null ? null : fault(effects.fault()));
        put(
                result,
                "copies",
                effects.copies().stream()
                        .map(copy -> percent(copy.percent()) + " to " + copy.cluster())
                        .collect(Collectors.joining(", ")));
        put(result, "cors", effects.cors() ? "the proxy answers browsers for the allowed origins" : null);
        String changes = changes(effects.headers());
        put(result, "headers", changes.isEmpty() ? null : changes);
        return result;
    }

    private static void put(Map<String, String> lines, String what, @Nullable Object value) {
        if (value != null && !value.toString().isEmpty()) {
            lines.put(what, value.toString());
        }
    }

    private static String fault(Trouble fault) {
        String delay = fault.delay() == null
                ? ""
                : percent(fault.delayPercent()) + " wait " + Times.write(fault.delay()) + " first";
        Object status =
                fault.abortGrpcStatus() == null ? fault.abortStatus() : "gRPC status " + fault.abortGrpcStatus();
        String abort = status == null ? "" : percent(fault.abortPercent()) + " end here with " + status;
        return Stream.of(delay, abort).filter(text -> !text.isEmpty()).collect(Collectors.joining(", "));
    }

    private static String percent(double percent) {
        return BigDecimal.valueOf(percent).stripTrailingZeros().toPlainString() + "%";
    }

    private static String retries(Retries retries) {
        var on = Stream.concat(
                retries.on().stream(), retries.statusCodes().stream().map(String::valueOf));
        return retries.attempts() + " on " + on.collect(Collectors.joining(","))
                + (retries.perTry() == null ? "" : ", " + Times.write(retries.perTry()) + " for each try");
    }

    /** Returns the changes of headers; empty when there are none. */
    static String changes(HeaderChanges changes) {
        return Stream.of(describe("request", changes.request()), describe("response", changes.response()))
                .filter(text -> !text.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private static String describe(String direction, Operations operations) {
        var all = Stream.of(
                        pairs("set", operations.set()),
                        pairs("add", operations.add()),
                        operations.remove().isEmpty() ? List.<String>of() : List.of("remove " + operations.remove()))
                .flatMap(List::stream)
                .toList();
        return all.isEmpty() ? "" : direction + ": " + String.join(", ", all);
    }

    private static List<String> pairs(String verb, Map<String, String> headers) {
        return headers.entrySet().stream()
                .map(e -> verb + " " + e.getKey() + "=" + e.getValue())
                .sorted()
                .toList();
    }
}
