package dev.binnacle.mesh.cel;

/**
 * A piece of an expression.
 *
 * @param at where it begins
 */
record CelToken(Kind kind, String text, int at) {
    enum Kind {
        NAME,
        LITERAL,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind != Kind.LITERAL && text.equals(symbol);
    }
}
