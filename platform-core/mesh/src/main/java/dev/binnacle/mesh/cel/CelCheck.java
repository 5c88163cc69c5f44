package dev.binnacle.mesh.cel;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Finds what Envoy would refuse in an expression, or evaluate to something else than Istio's does. */
final class CelCheck {
    /** Functions, and how many arguments they take; the target of a method is no argument. */
    private static final Map<String, Set<Integer>> FUNCTIONS = Map.of(
            "size", Set.of(1),
            "int", Set.of(1),
            "uint", Set.of(1),
            "double", Set.of(1),
            "bool", Set.of(1),
            "has", Set.of(1),
            "duration", Set.of(1),
            "timestamp", Set.of(1));

    private static final Map<String, Set<Integer>> METHODS = Map.ofEntries(
            Map.entry("startsWith", Set.of(1)),
            Map.entry("endsWith", Set.of(1)),
            Map.entry("contains", Set.of(1)),
            Map.entry("matches", Set.of(1)),
            Map.entry("size", Set.of(0)),
            Map.entry("getFullYear", Set.of(0, 1)),
            Map.entry("getMonth", Set.of(0, 1)),
            Map.entry("getDate", Set.of(0, 1)),
            Map.entry("getDayOfMonth", Set.of(0, 1)),
            Map.entry("getDayOfWeek", Set.of(0, 1)),
            Map.entry("getDayOfYear", Set.of(0, 1)),
            Map.entry("getHours", Set.of(0, 1)),
            Map.entry("getMinutes", Set.of(0, 1)),
            Map.entry("getSeconds", Set.of(0, 1)),
            Map.entry("getMilliseconds", Set.of(0, 1)));

    private static final Set<String> MACROS = Set.of("all", "exists", "exists_one", "map", "filter");

    private static final Set<String> QUESTIONS = Set.of("startsWith", "endsWith", "contains", "matches", "has", "bool");

    private CelCheck() {}

    /** Returns what is wrong with the expression, first things first. */
    static Optional<String> problem(Cel cel) {
        return switch (cel) {
            case Cel.Literal literal -> Optional.empty();
            case Cel.Name(String name) ->
                CelAttributes.problem(name)
                        .or(() -> Optional.of(name + " by itself is no value; name one of its attributes"));
            case Cel.Select(Cel.Name(String root), String field) ->
                CelAttributes.problem(root).or(() -> CelAttributes.problem(root, field));
            case Cel.Select(Cel of, String field) -> problem(of);
            case Cel.Index(Cel.Name(String root), Cel key) ->
                CelAttributes.problem(root).or(() -> Optional.of("write " + root + ".attribute"));
            case Cel.Index(Cel of, Cel key) -> first(Stream.of(of, key));
            case Cel.Call call -> call(call);
            case Cel.Unary(String operator, Cel of) -> problem(of);
            case Cel.Binary(Cel left, String operator, Cel right) -> first(Stream.of(left, right));
            case Cel.Choice(Cel when, Cel then, Cel otherwise) -> first(Stream.of(when, then, otherwise));
            case Cel.Several(var items) -> first(items.stream());
        };
    }

    private static Optional<String> call(Cel.Call call) {
        var known = (call.target().isPresent() ? METHODS : FUNCTIONS).get(call.function());
        if (known == null) {
            return Optional.of(unknown(call));
        }
        if (!known.contains(call.arguments().size())) {
            return Optional.of(
                    call.function() + "() does not take " + call.arguments().size() + " arguments");
        }
        if (call.function().equals("has") && !(call.arguments().getFirst() instanceof Cel.Select)) {
            return Optional.of("has() asks for a field: has(request.headers.name)");
        }
        return first(Stream.concat(call.target().stream(), call.arguments().stream()));
    }

    private static String unknown(Cel.Call call) {
        if (MACROS.contains(call.function())) {
            return call.function() + "() is switched off in Envoy, as it may take long";
        }
        return call.function().equals("string")
                ? "string() makes a text only of the whole value here, not within a calculation"
                : "Envoy knows no function " + call.function() + "()";
    }

    /** Tells whether a function has few results. */
    static boolean isQuestion(String function) {
        return QUESTIONS.contains(function) || function.startsWith("get");
    }

    private static Optional<String> first(Stream<Cel> all) {
        return all.flatMap(cel -> problem(cel).stream()).findFirst();
    }
}
