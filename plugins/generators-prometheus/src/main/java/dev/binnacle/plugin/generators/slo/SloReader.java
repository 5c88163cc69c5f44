package dev.binnacle.plugin.generators.slo;

import dev.binnacle.prometheus.config.Section;
import dev.binnacle.prometheus.istio.Buckets;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Reads OpenSLO documents. What is wrong is a problem of the section, with its line and what to write.
 *
 * <p>What OpenSLO has no word for is in annotations: {@code binnacle.dev/version}, {@code route}, {@code per},
 * {@code minimum-bad-events}, {@code planned-faults}.
 */
final class SloReader {
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);
    private static final String PREFIX = "binnacle.dev/";

    /** Labels with as many values as somebody has deployed. A budget per client, path or pod would have no end. */
    private static final List<String> BOUNDED = List.of(
            "destination_version",
            "destination_workload",
            "destination_cluster",
            "source_workload",
            "source_workload_namespace",
            "source_version");

    private final MeshInventory mesh;
    private final SloSettings settings;
    private final Map<String, String> places = new HashMap<>();

    SloReader(MeshInventory mesh, SloSettings settings) {
        this.mesh = mesh;
        this.settings = settings;
    }

    /** Returns what a document says; with problems of the section it means nothing. */
    Slo read(Section document, String file) {
        document.ignore("apiVersion", "kind");
        var metadata = document.section("metadata");
        var spec = document.section("spec");
        String name = name(metadata, file);
        var indicator = indicator(spec);
        var objective = objective(spec);
        String host = host(spec);
        var annotations = metadata.section("annotations");
        annotations.keys().stream().filter(key -> !key.startsWith(PREFIX)).forEach(annotations::ignore);
        var slo = new Slo(
                name,
                metadata.text("displayName", name),
                host,
                indicator,
                threshold(objective, indicator),
                target(objective),
                period(spec),
                scope(annotations, host),
                per(annotations),
                fewest(annotations),
                annotations.text(PREFIX + "planned-faults", "ignore").equals("count"),
                labels(metadata.section("labels")));
        budgeting(spec);
        spec.ignore("description");
        annotations.end();
        metadata.end();
        objective.end();
        spec.end();
        document.end();
        return slo;
    }

    private String name(Section metadata, String file) {
        String name = metadata.text("name", "");
        if (!NAME.matcher(name).matches()) {
            metadata.problem(
                    "name",
                    "'" + name + "' is no name. Write at most 63 of a-z, 0-9 and -, such as catalog-availability");
        }
        String other = places.putIfAbsent(name, file + ":" + metadata.line("name"));
        if (other != null) {
            metadata.problem(
                    "name", "'" + name + "' is the name of another SLO already, at " + other + ". Give each its own");
        }
        return name;
    }

    private static Indicator indicator(Section spec) {
        String id = spec.text("indicatorRef", "");
        return Indicator.of(id).orElseGet(() -> {
            spec.problem(
                    "indicatorRef",
                    (id.isEmpty() ? "an indicator is needed" : "there is no indicator '" + id + "'") + ". Write one of "
                            + Indicator.known());
            return Indicator.AVAILABILITY;
        });
    }

    private static Section objective(Section spec) {
        var objectives = spec.sections("objectives");
        if (objectives.size() != 1) {
            spec.problem(
                    "objectives",
                    "there are " + objectives.size() + " objectives. Write one; a second one is an SLO of its own");
        }
        return objectives.isEmpty() ? spec.section("objectives") : objectives.getFirst();
    }

    private static BigDecimal target(Section objective) {
        String key = objective.has("targetPercent") ? "targetPercent" : "target";
        BigDecimal written = number(objective, key);
        BigDecimal target = key.equals("target") ? written : written.divide(HUNDRED, MathContext.DECIMAL64);
        objective.ignore("displayName");
        if (target.signum() <= 0 || target.compareTo(BigDecimal.ONE) > 0) {
            objective.problem(key, "is no share of the events. Write target: 0.995, or targetPercent: 99.5");
        } else if (target.compareTo(BigDecimal.ONE) == 0) {
            objective.problem(
                    key,
                    "100 % leaves no budget: the first failure breaks it for good. Write less, such as target: 0.999");
        }
        return target.signum() <= 0 || target.compareTo(BigDecimal.ONE) >= 0 ? new BigDecimal("0.5") : target;
    }

    private static BigDecimal threshold(Section objective, Indicator indicator) {
        if (indicator != Indicator.LATENCY) {
            for (String key : List.of("value", "op")) {
                if (objective.has(key)) {
                    objective.problem(key, "only a latency has one. Remove it, or write indicatorRef: latency");
                }
            }
            return BigDecimal.ZERO;
        }
        if (!objective.text("op", "lte").equals("lte")) {
            objective.problem("op", "a good answer takes at most so long. Write op: lte");
        }
        BigDecimal value = number(objective, "value");
        if (!Buckets.has(value)) {
            objective.problem(
                    "value",
                    value.toPlainString()
                            + " ms is no bound of Envoy's histogram, so nobody counts the answers up to it. Write "
                            + String.join(" or ", Buckets.around(value)));
        }
        return value;
    }

    private static BigDecimal number(Section section, String key) {
        if (!section.has(key)) {
            section.problem(key, key + " is needed");
        }
        return section.value(key, BigDecimal.ZERO, text -> {
            try {
                var number = new BigDecimal(text.replace("_", ""));
                if (number.precision() > 15 || Math.abs(number.scale()) > 15) {
                    throw new NumberFormatException(text);
                }
                return number;
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("is a number of at most 15 digits", e);
            }
        });
    }

    private static Period period(Section spec) {
        var windows = spec.sections("timeWindow");
        if (windows.size() != 1) {
            spec.problem(
                    "timeWindow", "one time window is needed. Write timeWindow: [{duration: 28d, isRolling: true}]");
            return Period.FOUR_WEEKS;
        }
        var window = windows.getFirst();
        var duration = window.duration("duration", Duration.ZERO);
        if (!window.flag("isRolling", false)) {
            window.problem("isRolling", "only rolling windows are supported. Write isRolling: true");
        }
        window.end();
        return Period.of(duration).orElseGet(() -> {
            window.problem(
                    "duration",
                    "there is no budget for such a window: how fast it may burn is known for 7d, 28d and 30d. Write one of them");
            return Period.FOUR_WEEKS;
        });
    }

    private static void budgeting(Section spec) {
        if (!spec.text("budgetingMethod", "Occurrences").equals("Occurrences")) {
            spec.problem("budgetingMethod", "only events are counted. Write budgetingMethod: Occurrences");
        }
    }

    private String host(Section spec) {
        String service = spec.text("service", "");
        return mesh.host(service).orElseGet(() -> {
            var known = mesh.names();
            spec.problem(
                    "service",
                    "no Service and no ServiceEntry among the manifests is called '" + service + "'. "
                            + (known.isEmpty()
                                    ? "There are none: name their folder, too, by -f"
                                    : "Write one of " + String.join(", ", known)));
            return "";
        });
    }

    private SortedMap<String, String> scope(Section annotations, String host) {
        var scope = new TreeMap<String, String>();
        if (annotations.has(PREFIX + "version")) {
            String version = annotations.text(PREFIX + "version", "");
            SortedSet<String> versions = mesh.versions(host);
            if (!versions.contains(version) && !host.isEmpty()) {
                annotations.problem(
                        PREFIX + "version",
                        "no pods of " + host + " have the version '" + version + "'. "
                                + (versions.isEmpty()
                                        ? "None has a label version"
                                        : "There are " + String.join(", ", versions)));
            }
            scope.put("destination_version", version);
        }
        if (annotations.has(PREFIX + "route")) {
            if (!mesh.tags().contains(settings.routeLabel())) {
                annotations.problem(
                        PREFIX + "route",
                        "the metrics know no routes: no Telemetry has an override with the tag " + settings.routeLabel()
                                + ". Add one to REQUEST_COUNT and REQUEST_DURATION, or name another tag by the setting route-label");
            }
            scope.put(settings.routeLabel(), annotations.text(PREFIX + "route", ""));
        }
        return scope;
    }

    private static String per(Section annotations) {
        String label = annotations.text(PREFIX + "per", "");
        if (!label.isEmpty() && !BOUNDED.contains(label)) {
            annotations.problem(
                    PREFIX + "per",
                    "a budget for each '" + label
                            + "' may be any number of budgets, with nine series and two alerts each. Write one of "
                            + String.join(", ", BOUNDED));
            return "";
        }
        return label;
    }

    private int fewest(Section annotations) {
        long fewest = annotations.number(PREFIX + "minimum-bad-events", settings.fewest());
        return (int) Math.clamp(fewest, 1, Integer.MAX_VALUE);
    }

    private static Map<String, String> labels(Section section) {
        var labels = new TreeMap<String, String>();
        var wrong = new TreeSet<String>();
        section.map().forEach((name, value) -> {
            if (!LABEL.matcher(name).matches() || name.startsWith("__")) {
                section.problem(name, "is no label of an alert. Write letters, digits and _, not a digit first");
            } else if (SloAlerts.RESERVED.contains(name)) {
                wrong.add(name);
            } else {
                labels.put(name, value);
            }
        });
        wrong.forEach(name -> section.problem(name, "is written by the generator. Choose another name"));
        return labels;
    }
}
