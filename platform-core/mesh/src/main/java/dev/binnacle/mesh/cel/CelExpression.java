package dev.binnacle.mesh.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * An expression that Envoy accepts.
 *
 * @param text as Envoy is told it
 * @param unbounded what in it has as many values as callers like; empty when its values are few
 */
public record CelExpression(String text, Optional<String> unbounded) {
    private static final int LONGEST = 1024;
    private static final Set<String> CALCULATIONS = Set.of("+", "-", "*", "/");
    private static final Optional<Set<String>> TRUTHS = Optional.of(Set.of("true", "false"));

    /**
     * What became of a text.
     *
     * @param expression empty when it cannot be used
     * @param problem why it cannot
     */
    public record Read(Optional<CelExpression> expression, Optional<String> problem) {}

    /** Reads an expression whose value is a text, whatever its type: Envoy writes numbers and truths as a text does. */
    public static Read read(String written) {
        if (written.length() > LONGEST) {
            return refused("it is longer than " + LONGEST + " characters");
        }
        if (written.contains("%")) {
            return refused("a percent sign would end the operator that holds it");
        }
        try {
            var outer = new ArrayList<Cel.Call>();
            var value = withoutString(CelParser.parse(written), outer);
            return CelCheck.problem(value)
                    .map(CelExpression::refused)
                    .orElseGet(() -> accepted(new CelExpression(cut(written, outer), unbounded(value))));
        } catch (CelSyntaxException e) {
            return refused(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Returns every value that an expression can have, texts in quotes, where it is made of nothing but texts and questions; empty where it
     * passes on what somebody says, or cannot be read.
     */
    public static Optional<Set<String>> choices(String written) {
        try {
            return choices(CelParser.parse(written));
        } catch (CelSyntaxException e) {
            return Optional.empty();
        }
    }

    private static Optional<Set<String>> choices(Cel cel) {
        return switch (cel) {
            case Cel.Literal(String text) -> Optional.of(Set.of(text));
            case Cel.Choice(Cel when, Cel then, Cel otherwise) ->
                choices(then).flatMap(one -> choices(otherwise).map(other -> union(one, other)));
            case Cel.Unary(String operator, Cel of) -> operator.equals("!") ? TRUTHS : Optional.empty();
            case Cel.Binary(Cel left, String operator, Cel right) ->
                CALCULATIONS.contains(operator) ? Optional.empty() : TRUTHS;
            case Cel.Call call ->
                CelCheck.isQuestion(call.function()) && !call.function().startsWith("get") ? TRUTHS : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        var both = new TreeSet<>(one);
        both.addAll(other);
        return both;
    }

    private static Read accepted(CelExpression expression) {
        return new Read(Optional.of(expression), Optional.empty());
    }

    private static Read refused(String problem) {
        return new Read(Optional.empty(), Optional.of(problem));
    }

    /** Envoy has no {@code string()}. Around the whole value it changes nothing, and is left out. */
    private static Cel withoutString(Cel cel, List<Cel.Call> left) {
        return switch (cel) {
            case Cel.Call call
            when call.function().equals("string")
                    && call.target().isEmpty()
                    && call.arguments().size() == 1 -> {
                left.add(call);
                yield withoutString(call.arguments().getFirst(), left);
            }
            case Cel.Choice(Cel when, Cel then, Cel otherwise) ->
                new Cel.Choice(when, withoutString(then, left), withoutString(otherwise, left));
            default -> cel;
        };
    }

    private static String cut(String written, List<Cel.Call> calls) {
        var result = new StringBuilder(written);
        calls.stream()
                .mapToInt(Cel.Call::at)
                .map(at -> -at)
                .sorted()
                .forEach(at -> result.delete(-at, -at + "string".length()));
        return result.toString();
    }

    /** Only what the value is made of counts: a condition has two outcomes, whatever it looks at. */
    private static Optional<String> unbounded(Cel cel) {
        return switch (cel) {
            case Cel.Literal literal -> Optional.empty();
            case Cel.Name(String name) -> Optional.of(name);
            case Cel.Select(Cel.Name(String root), String field) ->
                CelAttributes.isBounded(root, field) ? Optional.empty() : Optional.of(root + "." + field);
            case Cel.Select(Cel of, String field) -> unbounded(of).map(what -> what + "." + field);
            case Cel.Index(Cel of, Cel.Literal(String key)) -> unbounded(of).map(what -> what + "[" + key + "]");
            case Cel.Index(Cel of, Cel key) -> unbounded(of);
            case Cel.Call(var target, String function, var arguments, int at) ->
                CelCheck.isQuestion(function)
                        ? Optional.empty()
                        : target.or(() -> arguments.stream().findFirst()).flatMap(CelExpression::unbounded);
            case Cel.Unary(String operator, Cel of) -> operator.equals("!") ? Optional.empty() : unbounded(of);
            case Cel.Binary(Cel left, String operator, Cel right) ->
                CALCULATIONS.contains(operator) ? unbounded(left).or(() -> unbounded(right)) : Optional.empty();
            case Cel.Choice(Cel when, Cel then, Cel otherwise) ->
                unbounded(then).or(() -> unbounded(otherwise));
            case Cel.Several(var items) ->
                items.stream().flatMap(item -> unbounded(item).stream()).findFirst();
        };
    }
}
