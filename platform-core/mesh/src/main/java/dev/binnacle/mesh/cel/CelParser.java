package dev.binnacle.mesh.cel;

import dev.binnacle.mesh.cel.CelToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads expressions by CEL's grammar. */
final class CelParser {
    /** Operators by how loosely they bind. */
    private static final List<List<String>> LEVELS = List.of(
            List.of("||"),
            List.of("&&"),
            List.of("==", "!=", "<=", ">=", "<", ">", "in"),
            List.of("+", "-"),
            List.of("*", "/"));

    /** Envoy reads deeper ones; nobody writes them. */
    private static final int DEEPEST = 24;

    private final List<CelToken> tokens;
    private int next;
    private int depth;

    private CelParser(List<CelToken> tokens) {
        this.tokens = tokens;
    }

    static Cel parse(String text) throws CelSyntaxException {
        var parser = new CelParser(CelLexer.cut(text));
        var result = parser.expression();
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected();
        }
        return result;
    }

    private Cel expression() throws CelSyntaxException {
        if (++depth > DEEPEST) {
            throw new CelSyntaxException("it is nested more than " + DEEPEST + " deep");
        }
        Cel result = operators(0);
        if (takes("?")) {
            Cel then = operators(0);
            expect(":");
            result = new Cel.Choice(result, then, expression());
        }
        depth--;
        return result;
    }

    private Cel operators(int level) throws CelSyntaxException {
        if (level == LEVELS.size()) {
            return unary();
        }
        Cel left = operators(level + 1);
        while (LEVELS.get(level).stream().anyMatch(peek()::is)) {
            String operator = take().text();
            left = new Cel.Binary(left, operator, operators(level + 1));
        }
        return left;
    }

    private Cel unary() throws CelSyntaxException {
        if (!peek().is("!") && !peek().is("-")) {
            return member();
        }
        String operator = take().text();
        if (++depth > DEEPEST) {
            throw unexpected();
        }
        Cel result = new Cel.Unary(operator, unary());
        depth--;
        return result;
    }

    private Cel member() throws CelSyntaxException {
        Cel result = primary();
        while (true) {
            if (takes(".")) {
                var name = name();
                result = takes("(")
                        ? new Cel.Call(Optional.of(result), name.text(), list(")"), name.at())
                        : new Cel.Select(result, name.text());
            } else if (takes("[")) {
                result = new Cel.Index(result, expression());
                expect("]");
            } else {
                return result;
            }
        }
    }

    private Cel primary() throws CelSyntaxException {
        if (takes("(")) {
            Cel result = expression();
            expect(")");
            return result;
        }
        if (takes("[")) {
            return new Cel.Several(list("]"));
        }
        if (takes("{")) {
            return new Cel.Several(entries());
        }
        if (peek().kind() == Kind.LITERAL) {
            return new Cel.Literal(take().text());
        }
        var name = name();
        return takes("(")
                ? new Cel.Call(Optional.empty(), name.text(), list(")"), name.at())
                : new Cel.Name(name.text());
    }

    private List<Cel> list(String end) throws CelSyntaxException {
        var result = new ArrayList<Cel>();
        while (!takes(end)) {
            result.add(expression());
            if (!peek().is(end)) {
                expect(",");
            }
        }
        return result;
    }

    private List<Cel> entries() throws CelSyntaxException {
        var result = new ArrayList<Cel>();
        while (!takes("}")) {
            result.add(expression());
            expect(":");
            result.add(expression());
            if (!peek().is("}")) {
                expect(",");
            }
        }
        return result;
    }

    private CelToken name() throws CelSyntaxException {
        if (peek().kind() != Kind.NAME || peek().is("in")) {
            throw unexpected();
        }
        return take();
    }

    private boolean takes(String symbol) {
        boolean there = peek().is(symbol);
        next += there ? 1 : 0;
        return there;
    }

    private void expect(String symbol) throws CelSyntaxException {
        if (!takes(symbol)) {
            throw unexpected();
        }
    }

    private CelToken peek() {
        return tokens.get(next);
    }

    private CelToken take() {
        return tokens.get(next++);
    }

    private CelSyntaxException unexpected() {
        var token = peek();
        return new CelSyntaxException(
                token.kind() == Kind.END
                        ? "it ends too early"
                        : token.text() + " at character " + (token.at() + 1) + " is not expected there");
    }
}
