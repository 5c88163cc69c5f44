package dev.binnacle.mesh.istio.limit;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.ir.HeaderChanges.Operations;
import dev.binnacle.mesh.ir.Share;
import dev.binnacle.mesh.ir.access.RateLimit;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.ShapeChecker;
import dev.binnacle.mesh.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Reads what Envoy's filter is told, which stands under its own type or within a struct that names the type. */
final class RateLimitReader {
    private static final String URLS = "type.googleapis.com/";
    private static final String TYPE = URLS + "envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit";
    private static final List<String> STRUCTS =
            List.of(URLS + "udpa.type.v1.TypedStruct", URLS + "xds.type.v3.TypedStruct");
    private static final String AT_TYPE = "@type";

    private final Problems problems;

    RateLimitReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the limit; empty when it says nothing, or something wrong, which is reported. */
    Optional<RateLimit> read(Section around, String field) {
        int before = problems.errors();
        var limit = around.section(field).flatMap(this::unwrapped);
        if (limit.isEmpty()) {
            problems.add(
                    DiagnosticCode.BAD_VALUE,
                    around.placeOf(field),
                    "it is a LocalRateLimit",
                    "Begin with \"" + AT_TYPE + "\": " + TYPE);
            return Optional.empty();
        }
        new ShapeChecker(problems)
                .check(limit.get().node(), RateLimitShapes.LIMIT, limit.get().place());
        return problems.errors() > before
                ? Optional.empty()
                : limit.get().section("token_bucket").map(bucket -> limit(limit.get(), bucket));
    }

    private Optional<Section> unwrapped(Section written) {
        String type = written.text(AT_TYPE).orElse("");
        if (type.equals(TYPE)) {
            return Optional.of(without(written, AT_TYPE));
        }
        return STRUCTS.contains(type)
                        && written.text("type_url").filter(TYPE::equals).isPresent()
                ? written.section("value")
                : Optional.empty();
    }

    private static Section without(Section section, String field) {
        var rest = section.node().entries().stream()
                .filter(entry -> !entry.key().equals(field))
                .toList();
        return new Section(new YamlNode.Mapping(section.node().line(), rest), section.place());
    }

    private static RateLimit limit(Section limit, Section bucket) {
        return new RateLimit(
                limit.place().origin(),
                limit.text("stat_prefix").orElse(""),
                bucket.number("max_tokens").orElse(1),
                bucket.number("tokens_per_fill").orElse(1),
                bucket.duration("fill_interval").orElse(Duration.ZERO),
                share(limit, "filter_enabled"),
                share(limit, "filter_enforced"),
                limit.section("status").flatMap(status -> status.number("code")).orElse(RateLimit.DEFAULT_STATUS),
                new Operations(
                        headers(limit, RateLimitReader::isSet), headers(limit, header -> !isSet(header)), List.of()),
                limit.flag("local_rate_limit_per_downstream_connection").orElse(false),
                limit.text("enable_x_ratelimit_headers")
                        .filter("DRAFT_VERSION_03"::equals)
                        .isPresent());
    }

    private static Share share(Section limit, String field) {
        var value = limit.section(field).flatMap(fraction -> fraction.section("default_value"));
        int numerator = value.flatMap(v -> v.number("numerator")).orElse(0);
        int millionths = switch (value.flatMap(v -> v.text("denominator")).orElse("HUNDRED")) {
            case "TEN_THOUSAND" -> 100;
            case "MILLION" -> 1;
            default -> 10_000;
        };
        return new Share((int) Math.min(1_000_000L, (long) numerator * millionths));
    }

    private static Map<String, String> headers(Section limit, Predicate<Section> which) {
        var result = new TreeMap<String, String>();
        limit.sections("response_headers_to_add").stream()
                .filter(which)
                .flatMap(option -> option.section("header").stream())
                .forEach(header -> result.put(
                        header.text("key").orElse(""), header.text("value").orElse("")));
        return result;
    }

    private static boolean isSet(Section option) {
        return option.flag("append").filter(append -> !append).isPresent()
                || option.text("append_action")
                        .filter("OVERWRITE_IF_EXISTS_OR_ADD"::equals)
                        .isPresent();
    }
}
