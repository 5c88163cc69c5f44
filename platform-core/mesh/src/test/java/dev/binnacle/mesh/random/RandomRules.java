package dev.binnacle.mesh.random;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Random rules of VirtualServices, as JSON, which is YAML. Values come from few, so that requests often match. */
public final class RandomRules {
    private final Pick pick;
    private final Supplier<Map<String, Object>> destination;
    private int count;

    /** Takes what makes destinations of the hosts that there are. */
    public RandomRules(Pick pick, Supplier<Map<String, Object>> destination) {
        this.pick = pick;
        this.destination = destination;
    }

    /** Returns a rule of its own name: one that forwards, most often. */
    public Map<String, Object> rule() {
        var rule = new LinkedHashMap<String, Object>();
        rule.put("name", "rule-" + count++);
        if (pick.chance(80)) {
            rule.put("match", pick.several(1, 3, this::match));
        }
        switch (pick.between(0, 9)) {
            case 0 -> rule.put("redirect", redirect());
            case 1 -> rule.put("directResponse", directResponse());
            default -> forward(rule);
        }
        if (pick.chance(30)) {
            rule.put("headers", headers());
        }
        if (pick.chance(15)) {
            rule.put("fault", fault());
        }
        return rule;
    }

    private Map<String, Object> fault() {
        var result = new LinkedHashMap<String, Object>();
        if (pick.chance(70)) {
            result.put("abort", Map.of("httpStatus", pick.of(400, 503, 555), "percentage", percentage()));
        }
        if (result.isEmpty() || pick.chance(30)) {
            result.put("delay", Map.of("fixedDelay", "2ms", "percentage", percentage()));
        }
        return result;
    }

    private Map<String, Object> percentage() {
        return Map.of("value", pick.of(0, 12.5, 50, 100));
    }

    private Map<String, Object> match() {
        var match = new LinkedHashMap<String, Object>();
        if (pick.chance(20)) {
            match.put("name", "m" + count++);
        }
        if (pick.chance(70)) {
            match.put("uri", uri());
            if (pick.chance(20)) {
                match.put("ignoreUriCase", true);
            }
        }
        if (pick.chance(20)) {
            match.put("method", pick.of(exact("GET"), exact("POST"), Map.of("regex", "P.*"), Map.of("prefix", "G")));
        }
        if (pick.chance(10)) {
            match.put(
                    "authority",
                    pick.of(exact("catalog"), exact("catalog:8080"), Map.of("prefix", "c"), Map.of("regex", ".*com")));
        }
        if (pick.chance(30)) {
            match.put("headers", texts("x-a", "x-b", "X-User"));
        }
        if (pick.chance(10)) {
            match.put("withoutHeaders", texts("x-a", "x-c"));
        }
        if (pick.chance(20)) {
            match.put("queryParams", texts("v", "w"));
        }
        callers(match);
        return match;
    }

    private void callers(Map<String, Object> match) {
        if (pick.chance(10)) {
            match.put("port", pick.of(8080, 80, 9000));
        }
        if (pick.chance(10)) {
            match.put("sourceLabels", Map.of("app", pick.of("storefront", "checkout")));
        }
        if (pick.chance(5)) {
            match.put("sourceNamespace", pick.of("default", "shop"));
        }
    }

    private Map<String, Object> uri() {
        return switch (pick.between(0, 5)) {
            case 0, 1 -> exact(pick.of("/", "/a", "/a/b", "/items", "/items/7", "/b", "/a%20b"));
            case 2 -> Map.of("regex", pick.of("/items/[0-9]+", ".*", "/a.*", "(?i)/ITEMS.*", "/(a|b)/.+", "/[^/]*"));
            default -> Map.of("prefix", pick.of("/", "/a", "/a/", "/items", "/items/", "/b", "/api/v1"));
        };
    }

    private static Map<String, Object> exact(String value) {
        return Map.of("exact", value);
    }

    private Map<String, Object> texts(String... names) {
        var result = new LinkedHashMap<String, Object>();
        for (String name : names) {
            if (result.isEmpty() || pick.chance(30)) {
                result.put(name, text());
            }
        }
        return result;
    }

    private Map<String, Object> text() {
        return switch (pick.between(0, 4)) {
            case 0 -> Map.of();
            case 1 -> Map.of("prefix", pick.of("j", "be", "1"));
            case 2 -> Map.of("regex", pick.of("[a-z]+", "jane|beta", ".*", "[0-9]"));
            default -> exact(pick.of("jane", "beta", "1", "a b"));
        };
    }

    private Map<String, Object> redirect() {
        var result = new LinkedHashMap<String, Object>();
        if (pick.chance(60)) {
            result.put("uri", pick.of("/moved", "/moved?x=y", "relative", "/", "%PREFIX()%/moved"));
        }
        if (pick.chance(50)) {
            result.put("authority", pick.of("other.example.com", "other.example.com:8443"));
        }
        if (pick.chance(30)) {
            result.put("scheme", pick.of("http", "https"));
        }
        if (pick.chance(30)) {
            result.put("port", pick.of(8443, 80, 443));
        } else if (pick.chance(30)) {
            result.put("derivePort", pick.of("FROM_PROTOCOL_DEFAULT", "FROM_REQUEST_PORT"));
        }
        if (pick.chance(50)) {
            result.put("redirectCode", pick.of(301, 302, 303, 307, 308));
        }
        if (result.isEmpty()) {
            result.put("uri", "/moved");
        }
        return result;
    }

    private Map<String, Object> directResponse() {
        var result = new LinkedHashMap<String, Object>();
        result.put("status", pick.of(200, 204, 403, 418, 503));
        if (pick.chance(60)) {
            result.put("body", Map.of("string", pick.of("no", "two\nlines", "äöü", "")));
        }
        return result;
    }

    private void forward(Map<String, Object> rule) {
        rule.put("route", destinations());
        if (pick.chance(35)) {
            rule.put("rewrite", rewrite());
        }
        if (pick.chance(20)) {
            rule.put("timeout", pick.of("1s", "2.5s", "500ms"));
        }
        if (pick.chance(15)) {
            rule.put("mirrors", List.of(Map.of("destination", Map.of("host", "payments"), "percentage", percentage())));
        }
        if (pick.chance(10)) {
            rule.put(
                    "corsPolicy",
                    Map.of(
                            "allowOrigins",
                            List.of(Map.of("exact", "https://a.example.com")),
                            "allowMethods",
                            List.of("GET")));
        }
        if (pick.chance(20)) {
            rule.put("retries", Map.of("attempts", pick.between(1, 3), "retryOn", "5xx"));
        }
    }

    private List<Object> destinations() {
        int count = pick.chance(70) ? 1 : pick.between(2, 3);
        var result = new ArrayList<Object>();
        for (int i = 0; i < count; i++) {
            var weighted = new LinkedHashMap<String, Object>();
            weighted.put("destination", destination.get());
            if (count > 1) {
                weighted.put("weight", i == 0 ? 50 : pick.of(0, 1, 20, 80));
            }
            if (pick.chance(20)) {
                weighted.put("headers", headers());
            }
            result.add(weighted);
        }
        return result;
    }

    private Map<String, Object> rewrite() {
        var result = new LinkedHashMap<String, Object>();
        switch (pick.between(0, 3)) {
            case 0 -> {}
            case 1 -> result.put("uriRegexRewrite", regexRewrite());
            default -> result.put("uri", pick.of("/", "/new", "/new/", "/b/c"));
        }
        if (result.isEmpty() || pick.chance(30)) {
            result.put("authority", pick.of("rewritten.example.com", "other:81"));
        }
        return result;
    }

    private Map<String, Object> regexRewrite() {
        return pick.of(
                Map.<String, Object>of("match", "^/([^/]+)/(.*)$", "rewrite", "/\\2/of/\\1"),
                Map.<String, Object>of("match", "[0-9]", "rewrite", "N$"),
                Map.<String, Object>of("match", "/a", "rewrite", "/x\\0"),
                Map.<String, Object>of("match", "^", "rewrite", "/front"));
    }

    private Map<String, Object> headers() {
        var result = new LinkedHashMap<String, Object>();
        if (pick.chance(70)) {
            result.put("request", operations());
        }
        if (result.isEmpty() || pick.chance(30)) {
            result.put("response", operations());
        }
        return result;
    }

    private Map<String, Object> operations() {
        var result = new LinkedHashMap<String, Object>();
        if (pick.chance(50)) {
            result.put("set", Map.of(pick.of("x-a", "x-new"), pick.of("s1", "s2")));
        }
        if (pick.chance(50)) {
            result.put("add", Map.of(pick.of("x-a", "x-new", "X-B"), pick.of("a1", "a2")));
        }
        if (result.isEmpty() || pick.chance(30)) {
            result.put("remove", List.of(pick.of("x-a", "x-b", "x-user")));
        }
        return result;
    }
}
