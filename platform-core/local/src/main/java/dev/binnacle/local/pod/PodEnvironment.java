package dev.binnacle.local.pod;

import dev.binnacle.local.instance.Leftovers;
import dev.binnacle.mesh.topology.Pod;
import dev.binnacle.mesh.topology.PodKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environment of the processes that the launcher starts. */
public final class PodEnvironment {
    /** What a process needs of the user's own environment; the rest would make pods differ from machine to machine. */
    private static final List<String> PASSED_ON = List.of("PATH", "HOME", "USER", "LANG", "LC_ALL", "TZ", "TMPDIR");

    /** Where a sidecar takes requests for any host, for programs that do not follow the hosts file. */
    private static final int PROXY_PORT = 15001;

    private PodEnvironment() {}

    /** Returns what every process gets: a little of the user's environment, and the mark that makes it findable. */
    public static Map<String, String> base(Map<String, String> user, Path runtime) {
        var environment = new TreeMap<String, String>();
        PASSED_ON.forEach(name -> {
            String value = user.get(name);
            if (value != null) {
                environment.put(name, value);
            }
        });
        environment.put(Leftovers.MARK, runtime.toString());
        return environment;
    }

    /**
     * Returns the environment of an application: the container's, with the addresses it must use.
     *
     * <p>References {@code $(NAME)} are resolved as in Kubernetes: to variables, and to fields of the pod.
     */
    public static Map<String, String> application(Map<String, String> base, Map<String, String> container, Pod pod) {
        var environment = new TreeMap<>(base);
        environment.put("HOST", pod.appIp());
        environment.put("POD_IP", pod.appIp());
        environment.put("QUARKUS_HTTP_HOST", pod.appIp());
        if (pod.kind() == PodKind.SIDECAR) {
            environment.put("SIDECAR_PROXY", "http://" + pod.podIp() + ":" + PROXY_PORT);
        }
        var known = new TreeMap<>(environment);
        known.putAll(container);
        known.putAll(fields(pod));
        container.forEach((name, value) -> environment.putIfAbsent(name, resolved(value, known)));
        return environment;
    }

    // The application's own address is the one it may bind; the pod's belongs to its sidecar.
    private static Map<String, String> fields(Pod pod) {
        return Map.of(
                "fieldRef:metadata.name", pod.name(),
                "fieldRef:metadata.namespace", pod.namespace(),
                "fieldRef:spec.serviceAccountName", pod.serviceAccount(),
                "fieldRef:status.podIP", pod.appIp());
    }

    private static String resolved(String value, Map<String, String> known) {
        var result = new StringBuilder();
        int at = 0;
        while (at < value.length()) {
            int end = value.startsWith("$(", at) ? value.indexOf(')', at) : -1;
            String name = end < 0 ? "" : value.substring(at + 2, end);
            if (known.containsKey(name)) {
                String found = known.get(name);
                // One level, so that a variable that names itself cannot go round for ever.
                result.append(
                        name.startsWith("fieldRef:") || !found.contains("$(") ? found : resolvedFields(found, known));
                at = end + 1;
            } else {
                result.append(value.charAt(at++));
            }
        }
        return result.toString();
    }

    private static String resolvedFields(String value, Map<String, String> known) {
        String result = value;
        for (var entry : known.entrySet()) {
            if (entry.getKey().startsWith("fieldRef:")) {
                result = result.replace("$(" + entry.getKey() + ")", entry.getValue());
            }
        }
        return result;
    }
}
