package dev.binnacle.mesh.compile;

import dev.binnacle.mesh.ir.Locality;
import dev.binnacle.mesh.istio.Member;
import dev.binnacle.mesh.topology.Pod;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where pods are, by their labels. A cluster knows it of its nodes too; one machine has none. */
final class Localities {
    private static final String REGION = "topology.kubernetes.io/region";
    private static final String ZONE = "topology.kubernetes.io/zone";
    private static final String SUB_ZONE = "topology.istio.io/subzone";

    private Localities() {}

    /** Returns where a pod is as an endpoint: what its label says, with dots as labels know no slashes. */
    static Locality of(Pod pod) {
        return of(pod.labels());
    }

    static Locality of(Member member) {
        return member.locality().map(Locality::of).orElseGet(() -> of(member.labels()));
    }

    private static Locality of(Map<String, String> written) {
        return Stream.of("topology.istio.io/locality", "istio-locality")
                .filter(written::containsKey)
                .findFirst()
                .map(label -> Locality.of(written.getOrDefault(label, "").replace('.', '/')))
                .orElse(Locality.NONE);
    }

    /** Returns where a pod's proxy is. */
    static Locality ofProxy(Pod pod) {
        var labels = labels(pod);
        return new Locality(
                labels.getOrDefault(REGION, ""), labels.getOrDefault(ZONE, ""), labels.getOrDefault(SUB_ZONE, ""));
    }

    /** Returns a pod's labels together with those that Istio adds to them. */
    static Map<String, String> labels(Pod pod) {
        return labels(pod.labels(), of(pod));
    }

    static Map<String, String> labels(Member member) {
        return labels(member.labels(), of(member));
    }

    private static Map<String, String> labels(Map<String, String> written, Locality at) {
        var result = new TreeMap<>(written);
        result.putAll(Map.of(REGION, at.region(), ZONE, at.zone(), SUB_ZONE, at.subZone()));
        result.values().removeIf(String::isEmpty);
        written.forEach(result::putIfAbsent);
        return Collections.unmodifiableMap(result);
    }
}
