package dev.binnacle.testkit;

import dev.binnacle.mesh.explain.Explanation.Answer;
import dev.binnacle.mesh.explain.Explanation.Target;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The destinations of a request, in few words. */
final class Targets {
    private Targets() {}

    /** Tells whether a destination is the Service that a test calls {@code host}. */
    static boolean isAt(Target target, String host) {
        String actual = target.host().isEmpty() ? hostOf(target.name()) : target.host();
        return actual.equals(host) || actual.startsWith(host + ".");
    }

    /** Tells whether a cluster is this subset of the Service that a test calls {@code host}. */
    static boolean isCluster(String cluster, String host, String subset) {
        String actual = hostOf(cluster);
        return (actual.equals(host) || actual.startsWith(host + ".")) && cluster.contains("|" + subset + "|");
    }

    private static String hostOf(String cluster) {
        return cluster.substring(cluster.lastIndexOf('|') + 1);
    }

    /** Returns the share of each subset of a host; what goes elsewhere is under its cluster's name. */
    static Map<String, Double> shares(List<Target> targets, String host) {
        double sum = targets.stream().mapToInt(Target::weight).sum();
        var result = new TreeMap<String, Double>();
        targets.stream()
                .filter(t -> t.weight() > 0)
                .forEach(t -> result.merge(isAt(t, host) ? t.subset() : t.name(), t.weight() / sum, Double::sum));
        return result;
    }

    /** Returns the Deployments whose pods may answer, sorted. */
    static List<String> deployments(Answer answer) {
        return answer.clusters().stream()
                .filter(t -> t.weight() > 0)
                .flatMap(t -> t.endpoints().stream())
                .filter(pod -> !pod.pod().isEmpty())
                .map(pod -> pod.pod().substring(0, pod.pod().indexOf('.')))
                .map(pod -> pod.substring(0, pod.lastIndexOf('-')))
                .distinct()
                .sorted()
                .toList();
    }

    static String describe(Answer answer) {
        if (answer.clusters().isEmpty()) {
            return "the proxy decides: " + answer.action();
        }
        int sum = answer.clusters().stream().mapToInt(Target::weight).sum();
        return "it goes to "
                + answer.clusters().stream()
                        .filter(t -> t.weight() > 0)
                        .map(t ->
                                name(t) + (answer.clusters().size() == 1 ? "" : " (" + t.weight() + " of " + sum + ")"))
                        .collect(Collectors.joining(" and "));
    }

    private static String name(Target target) {
        if (target.host().isEmpty()) {
            return "nowhere: nobody defines " + target.name();
        }
        String host = target.host().replaceAll("\\.svc\\.cluster\\.local$", "").replaceAll("\\.default$", "");
        return host + (target.subset().isEmpty() ? "" : " " + target.subset());
    }
}
