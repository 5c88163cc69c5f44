package dev.binnacle.mesh.istio.traffic;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.istio.traffic.LoadBalancer.ByLocality;
import dev.binnacle.mesh.istio.traffic.LoadBalancer.Distribute;
import dev.binnacle.mesh.istio.traffic.LoadBalancer.Failover;
import dev.binnacle.mesh.schema.FieldType;
import dev.binnacle.mesh.schema.Section;
import dev.binnacle.mesh.schema.Section.Placed;
import dev.binnacle.mesh.schema.Shape;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what localities mean. */
public final class ByLocalityReader {
    private static final Shape DISTRIBUTE = Shape.named("Distribute")
            .require("from", FieldType.WORDS)
            .require("to", new FieldType.MapOf(new FieldType.Whole(1, 100)));
    private static final Shape FAILOVER =
            Shape.named("Failover").require("from", FieldType.WORDS).require("to", FieldType.WORDS);
    /** Its fields. */
    public static final Shape SHAPE = Shape.named("LocalityLoadBalancerSetting")
            .with("enabled", FieldType.FLAG)
            .with("distribute", FieldType.listOf(DISTRIBUTE))
            .with("failover", FieldType.listOf(FAILOVER), "acts with `outlierDetection` only")
            .with("failoverPriority", FieldType.listOf(FieldType.WORDS), "acts with `outlierDetection` only");

    private static final int ALL = 100;
    private static final Set<String> TOPOLOGY =
            Set.of("topology.kubernetes.io/region", "topology.kubernetes.io/zone", "topology.istio.io/subzone");

    private final Problems problems;

    public ByLocalityReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns what the setting says. */
    public ByLocality read(Section setting) {
        checkTogether(setting);
        return new ByLocality(
                setting.flag("enabled").orElse(true),
                distribute(setting),
                failover(setting),
                setting.texts("failoverPriority").stream().map(Placed::text).toList());
    }

    private void checkTogether(Section setting) {
        boolean regions = !setting.sections("failover").isEmpty();
        if (regions && !setting.sections("distribute").isEmpty()) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    setting.place(),
                    "only one of distribute, failover may be set, here are both",
                    "Keep one of them");
        }
        setting.texts("failoverPriority").stream()
                .filter(label -> regions && TOPOLOGY.contains(label.text()))
                .forEach(label -> bad(
                        label.place(),
                        "failover already decides about the order of regions, so " + label.text() + " may not",
                        "Keep one of them"));
    }

    private List<Distribute> distribute(Section setting) {
        var froms = new ArrayList<String>();
        var result = new ArrayList<Distribute>();
        for (var entry : setting.sections("distribute")) {
            var to = shares(entry);
            int sum = to.values().stream().mapToInt(Integer::intValue).sum();
            if (sum != ALL) {
                bad(entry.placeOf("to"), "the shares add up to " + sum + ", not 100", "Make them add up to 100");
            }
            checkOverlap(to.keySet(), entry.placeOf("to"));
            entry.text("from").ifPresent(froms::add);
            result.add(new Distribute(entry.text("from").orElse(""), to));
        }
        checkOverlap(froms, setting.placeOf("distribute"));
        return List.copyOf(result);
    }

    private static Map<String, Integer> shares(Section entry) {
        var result = new LinkedHashMap<String, Integer>();
        entry.section("to")
                .ifPresent(to -> to.node()
                        .entries()
                        .forEach(e -> to.number(e.key()).ifPresent(share -> result.put(e.key(), share))));
        return result;
    }

    /** Each locality may be meant by one name only. */
    private void checkOverlap(Collection<String> localities, Place at) {
        var seen = new ArrayList<String>();
        for (String locality : localities) {
            int star = locality.indexOf('*');
            if (star >= 0 && star < locality.length() - 1 || ("/" + locality + "/").contains("//")) {
                bad(at, "\"" + locality + "\" is not a locality", "Write region/zone/subzone; the last may be *");
            }
            seen.stream()
                    .filter(other -> overlap(other, locality))
                    .findFirst()
                    .ifPresent(other -> bad(at, locality + " and " + other + " overlap", "Name each locality once"));
            seen.add(locality);
        }
    }

    private static boolean overlap(String one, String other) {
        String[] a = one.split("/", 3);
        String[] b = other.split("/", 3);
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            if (a[i].equals("*") || b[i].equals("*")) {
                return true;
            }
            if (!a[i].equals(b[i])) {
                return false;
            }
        }
        return true;
    }

    private List<Failover> failover(Section setting) {
        for (var entry : setting.sections("failover")) {
            String from = entry.text("from").orElse("");
            String to = entry.text("to").orElse("");
            if (from.equals(to)) {
                bad(entry.place(), from + " cannot stand in for itself", "Name two regions");
            }
            if ((from + to).contains("/") || (from + to).contains("*")) {
                bad(entry.place(), "failover goes from region to region", "Name regions, without zone and wildcard");
            }
        }
        return setting.sections("failover").stream()
                .map(entry -> new Failover(
                        entry.text("from").orElse(""), entry.text("to").orElse("")))
                .toList();
    }

    private void bad(Place at, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, at, message, fix);
    }
}
