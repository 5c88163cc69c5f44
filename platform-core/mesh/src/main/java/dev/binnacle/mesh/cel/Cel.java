package dev.binnacle.mesh.cel;

import java.util.List;
import java.util.Optional;

/** An expression, read. */
sealed interface Cel {
    /** A text, number, truth or null. */
    record Literal(String text) implements Cel {}

    /** A name: an attribute's first part. */
    record Name(String name) implements Cel {}

    /** {@code of.field}. */
    record Select(Cel of, String field) implements Cel {}

    /** {@code of[key]}. */
    record Index(Cel of, Cel key) implements Cel {}

    /**
     * {@code function(arguments)} or {@code target.function(arguments)}.
     *
     * @param at where the function's name begins in the text
     */
    record Call(Optional<Cel> target, String function, List<Cel> arguments, int at) implements Cel {}

    /** {@code !of} or {@code -of}. */
    record Unary(String operator, Cel of) implements Cel {}

    /** {@code left operator right}. */
    record Binary(Cel left, String operator, Cel right) implements Cel {}

    /** {@code when ? then : otherwise}. */
    record Choice(Cel when, Cel then, Cel otherwise) implements Cel {}

    /** {@code [items]} or the keys and values of {@code {key: value}}, one after the other. */
    record Several(List<Cel> items) implements Cel {}
}
