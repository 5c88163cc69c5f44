package dev.binnacle.mesh.explain;

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

    static RequestPath of(String written) {
        int mark = written.indexOf('?');
        String path = mark < 0 ? written : written.substring(0, mark);
        return new RequestPath(normal(path), mark < 0 ? "" : written.substring(mark));
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
        var segments = Arrays.asList(path.replace('\\', '/').split("/", -1));
        String last = segments.getLast();
        for (String segment : segments.subList(1, segments.size())) {
            switch (segment.replace("%2e", ".").replace("%2E", ".")) {
                case "." -> {}
                case ".." -> kept.pollLast();
                default -> kept.addLast(segment);
            }
        }
        boolean folder = last.equals(".") || last.equals("..");
        return "/" + String.join("/", kept) + (folder && !kept.isEmpty() ? "/" : "");
    }
}
