package dev.binnacle.mesh.cel;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.binnacle.mesh.cel.CelToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts an expression into its pieces. */
final class CelLexer {
    private static final Pattern SPACE = Pattern.compile("[ \\t]+");
    private static final Pattern NUMBER = Pattern.compile(
            "0[xX][0-9a-fA-F]{1,16}[uU]?|[0-9]*\\.[0-9]+([eE][-+]?[0-9]+)?|[0-9]+([eE][-+]?[0-9]+|[uU])?");
    private static final Pattern TEXT = Pattern.compile(
            "[bB]?[rR](\"[^\"\\x00-\\x1f]*\"|'[^'\\x00-\\x1f]*')|[bB]?(\"([^\"\\\\\\x00-\\x1f]|\\\\[abfnrtv\\\\?\"'`])*\"|'([^'\\\\\\x00-\\x1f]|\\\\[abfnrtv\\\\?\"'`])*')");
    private static final Pattern NAME = Pattern.compile("[_a-zA-Z][_a-zA-Z0-9]*");
    private static final Pattern SYMBOL = Pattern.compile("&&|\\|\\||==|!=|<=|>=|[-+*/!<>?:.,()\\[\\]{}]");
    private static final Set<String> CONSTANTS = Set.of("true", "false", "null");

    private final String text;
    private final List<CelToken> found = new ArrayList<>();
    private int at;

    private CelLexer(String text) {
        this.text = text;
    }

    static List<CelToken> cut(String text) throws CelSyntaxException {
        var lexer = new CelLexer(text);
        while (lexer.at < text.length()) {
            lexer.next();
        }
        lexer.found.add(new CelToken(Kind.END, "", text.length()));
        return List.copyOf(lexer.found);
    }

    private void next() throws CelSyntaxException {
        if (skip()) {
            return;
        }
        // A text may begin with letters, so it is looked for before names.
        if (!take(TEXT, Kind.LITERAL)
                && !take(NUMBER, Kind.LITERAL)
                && !take(NAME, Kind.NAME)
                && !take(SYMBOL, Kind.SYMBOL)) {
            throw new CelSyntaxException("nothing begins with " + text.charAt(at) + " at character " + (at + 1));
        }
    }

    private boolean skip() {
        Matcher space = SPACE.matcher(text);
        boolean found = space.find(at) && space.start() == at;
        at = found ? space.end() : at;
        return found;
    }

    private boolean take(Pattern pattern, Kind kind) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find(at) || matcher.start() != at) {
            return false;
        }
        String piece = matcher.group();
        found.add(new CelToken(CONSTANTS.contains(piece) ? Kind.LITERAL : kind, piece, at));
        at = matcher.end();
        return true;
    }
}
