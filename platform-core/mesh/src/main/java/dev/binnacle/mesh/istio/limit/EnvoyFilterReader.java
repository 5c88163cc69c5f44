package dev.binnacle.mesh.istio.limit;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.PolicyTarget;
import dev.binnacle.mesh.istio.limit.LocalRateLimit.Limit;
import dev.binnacle.mesh.istio.limit.LocalRateLimit.Proxy;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Header;
import dev.binnacle.mesh.schema.ResourceKind;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Shape;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Reads EnvoyFilters that limit how many requests pods let in, in the form of Istio's task "Enabling Rate Limits using
 * Envoy". They are the one thing that Istio has no resource of its own for and everybody writes in the same words.
 */
public final class EnvoyFilterReader {
    private static final Pattern VHOST = Pattern.compile("inbound\\|http\\|([0-9]{1,5})");

    /** How the kind is read. */
    public static final ResourceKind KIND = new ResourceKind(
            "EnvoyFilter",
            "EnvoyFilter",
            List.of("networking.istio.io/v1alpha3"),
            Shape.named("EnvoyFilter").with("spec", new FieldType.Section(RateLimitShapes.SPEC)),
            (header, document, problems) ->
                    document.section("spec").flatMap(spec -> new EnvoyFilterReader(header, problems).read(spec)),
            EnvoyFilterReader::isMeant);

    /** The fields of the limit in it. */
    public static final Shape LIMIT = RateLimitShapes.LIMIT;

    private final Header header;
    private final Problems problems;
    private final Map<Proxy, Limit> limits = new EnumMap<>(Proxy.class);
    private final Map<Integer, Limit> ports = new TreeMap<>();

    private EnvoyFilterReader(Header header, Problems problems) {
        this.header = header;
        this.problems = problems;
    }

    /** Tells whether one of the patches is about rate limits. */
    private static boolean isMeant(Section document) {
        return document.section("spec").stream()
                .flatMap(spec -> spec.sections("configPatches").stream())
                .flatMap(patch -> patch.section("patch").stream())
                .flatMap(patch -> patch.section("value").stream())
                .anyMatch(value -> value.text("name")
                                .filter(RateLimitShapes.FILTER::equals)
                                .isPresent()
                        || value.section("typed_per_filter_config")
                                .filter(filters -> filters.has(RateLimitShapes.FILTER))
                                .isPresent());
    }

    private Optional<LocalRateLimit> read(Section spec) {
        int before = problems.errors();
        spec.sections("configPatches").forEach(this::patch);
        if (!ports.isEmpty() && !limits.containsKey(Proxy.SIDECAR_INBOUND)) {
            problems.add(
                    DiagnosticCode.MISSING_FIELD,
                    spec.placeOf("configPatches"),
                    "a limit of a port needs the filter, which no patch adds",
                    "Add a patch with applyTo: HTTP_FILTER whose limit has a stat_prefix only");
        }
        var selector = spec.section("workloadSelector");
        var target = new PolicyTarget(
                selector.map(s -> s.map("labels")).orElse(Map.of()), List.of(), spec.placeOf("workloadSelector"));
        return problems.errors() > before
                ? Optional.empty()
                : Optional.of(new LocalRateLimit(header.ref(), header.origin(), target, limits, ports));
    }

    private void patch(Section patch) {
        var match = patch.section("match");
        var proxy = match.flatMap(m -> m.text("context")).map(Proxy::valueOf);
        var change = patch.section("patch");
        var value = change.flatMap(c -> c.section("value"));
        if (proxy.isEmpty() || value.isEmpty()) {
            return;
        }
        boolean route = patch.text("applyTo").filter("HTTP_ROUTE"::equals).isPresent();
        String operation = change.flatMap(c -> c.text("operation")).orElse("");
        if (route != operation.equals("MERGE")) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    change.get().placeOf("operation"),
                    "a filter is inserted, and into routes it is merged",
                    "Use " + (route ? "MERGE" : "INSERT_BEFORE"));
        } else if (route) {
            port(match.get(), proxy.get(), value.get());
        } else {
            pod(match.get(), proxy.get(), value.get());
        }
    }

    private void pod(Section match, Proxy proxy, Section value) {
        if (match.has("routeConfiguration") || !value.has("typed_config") || !value.has("name")) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    value.place(),
                    "HTTP_FILTER goes with match.listener, and with name and typed_config as its value",
                    "Write it as Istio's task on rate limits does");
            return;
        }
        if (limits.put(proxy, limit(value, "typed_config")) != null) {
            twice(value, "these proxies");
        }
    }

    private void port(Section match, Proxy proxy, Section value) {
        var name = match.section("routeConfiguration")
                .flatMap(routes -> routes.section("vhost"))
                .flatMap(vhost -> vhost.text("name"));
        var port = name.map(VHOST::matcher).filter(Matcher::matches).map(matcher -> Integer.valueOf(matcher.group(1)));
        var filters = value.section("typed_per_filter_config")
                .filter(all ->
                        all.has(RateLimitShapes.FILTER) && all.node().entries().size() == 1);
        if (proxy != Proxy.SIDECAR_INBOUND || port.isEmpty() || filters.isEmpty()) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    match.placeOf("routeConfiguration"),
                    "HTTP_ROUTE goes with the context SIDECAR_INBOUND, a vhost by the name \"inbound|http|PORT\" of a Service's port, and typed_per_filter_config of "
                            + RateLimitShapes.FILTER + " as its value",
                    "Write it as Istio's task on rate limits does, or limit the whole pod by HTTP_FILTER");
            return;
        }
        if (ports.put(port.get(), limit(filters.get(), RateLimitShapes.FILTER)) != null) {
            twice(value, "port " + port.get());
        }
    }

    private Limit limit(Section around, String field) {
        return new Limit(around.placeOf(field), new RateLimitReader(problems).read(around, field));
    }

    private void twice(Section value, String what) {
        problems.add(
                DiagnosticCode.EXCLUSIVE_FIELDS,
                value.place(),
                "an earlier patch already limits " + what,
                "Keep one of the two");
    }
}
