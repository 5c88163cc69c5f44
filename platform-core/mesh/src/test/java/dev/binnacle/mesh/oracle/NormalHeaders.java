package dev.binnacle.mesh.oracle;

import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.config.route.v3.QueryParameterMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import java.util.ArrayList;
import java.util.List;

/** Conditions on headers and changes of headers; the order among different headers does not count. */
final class NormalHeaders {
    private NormalHeaders() {}

    static Node conditions(List<HeaderMatcher> headers) {
        var result = new Node();
        for (var header : headers) {
            String condition = header.getPresentMatch() ? "present" : text(header.getStringMatch());
            if (header.getTreatMissingHeaderAsEmpty()) {
                condition += " (missing is empty)";
            }
            add(result, header.getName(), header.getInvertMatch() ? "not " + condition : condition);
        }
        return result;
    }

    static Node queryConditions(List<QueryParameterMatcher> query) {
        var result = new Node();
        query.forEach(q -> add(result, q.getName(), q.getPresentMatch() ? "present" : text(q.getStringMatch())));
        return result;
    }

    private static void add(Node conditions, String name, String condition) {
        @SuppressWarnings("unchecked")
        var all = (List<String>) conditions.computeIfAbsent(name, n -> new ArrayList<String>());
        all.add(condition);
    }

    static String text(StringMatcher matcher) {
        String fold = matcher.getIgnoreCase() ? " (any case)" : "";
        return switch (matcher.getMatchPatternCase()) {
            case EXACT -> "exact " + matcher.getExact() + fold;
            case PREFIX -> "prefix " + matcher.getPrefix() + fold;
            case SUFFIX -> "suffix " + matcher.getSuffix() + fold;
            case CONTAINS -> "contains " + matcher.getContains() + fold;
            case SAFE_REGEX -> "regex " + matcher.getSafeRegex().getRegex();
            default -> "?";
        };
    }

    /** Returns what is done to each header, in order. */
    static Node changes(List<HeaderValueOption> added, List<String> removed) {
        var result = new Node();
        for (var option : added) {
            boolean set = option.getAppendAction() == HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD;
            String value = option.getHeader().getValue();
            add(result, option.getHeader().getKey(), (set ? "set " : "add ") + value);
        }
        removed.forEach(name -> add(result, name, "remove"));
        return result;
    }
}
