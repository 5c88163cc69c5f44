package dev.binnacle.mesh.explain;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.binnacle.mesh.ir.PathNormalization;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The path of a request as routes see it: Envoy has taken out dot segments and backslashes, as Istio tells it to.
 *
 * @param query with its question mark; empty when there is none
 */
record RequestPath(String path, String query) {

    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");
    private static final Pattern ESCAPED_SLASH = Pattern.compile("(?i)%2f|%5c");
    private static final Pattern UNRESERVED = Pattern.compile("[-A-Za-z0-9._~]");

    static RequestPath of(String written, PathNormalization normalization) {
        int mark = written.indexOf('?');
        String path = mark < 0 ? written : written.substring(0, mark);
        String seen = switch (normalization) {
            case NONE -> path;
            case BASE -> normal(path);
            case MERGE_SLASHES -> merged(normal(path));
            case DECODE_AND_MERGE_SLASHES ->
                merged(normal(ESCAPED_SLASH.matcher(path).replaceAll("/")));
        };
        return new RequestPath(seen, mark < 0 ? "" : written.substring(mark));
    }

    private static String merged(String path) {
        return path.replaceAll("/+", "/");
    }

    /** Returns the query's parameters as they are written; of several with one name the first counts. */
    Map<String, String> parameters() {
        var result = new TreeMap<String, String>();
        if (query.isEmpty()) {
            return result;
        }
        for (String pair : query.substring(1).split("&", -1)) {
            int equals = pair.indexOf('=');
            result.putIfAbsent(
                    equals < 0 ? pair : pair.substring(0, equals), equals < 0 ? "" : pair.substring(equals + 1));
        }
        return result;
    }

    @Override
    public String toString() {
        return path + query;
    }

    private static String normal(String path) {
        var kept = new ArrayDeque<String>();
        var segments = Arrays.asList(unescaped(path.replace('\\', '/')).split("/", -1));
        String last = segments.getLast();
        for (String segment : segments.subList(1, segments.size())) {
            switch (segment) {
                case "." -> {}
                case ".." -> kept.pollLast();
                default -> kept.addLast(segment);
            }
        }
        boolean folder = last.equals(".") || last.equals("..");
        return "/" + String.join("/", kept) + (folder && !kept.isEmpty() ? "/" : "");
    }

    /** What need not be escaped is not: letters, digits and {@code - . _ ~}. */
    private static String unescaped(String path) {
        var result = new StringBuilder();
        var escapes = ESCAPE.matcher(path);
        while (escapes.find()) {
            char character = (char) Integer.parseInt(escapes.group(1), 16);
            String kept = UNRESERVED.matches(String.valueOf(character)) ? String.valueOf(character) : escapes.group();
            escapes.appendReplacement(result, Matcher.quoteReplacement(kept));
        }
        return escapes.appendTail(result).toString();
    }
}
