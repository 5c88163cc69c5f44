package dev.binnacle.local.launcher;

import dev.binnacle.local.instance.UserPorts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The ports on 127.0.0.1 of this instance.
 *
 * @param published by gateway ({@code name.namespace}): container port to {@code 127.0.0.1:PORT}
 */
record InstancePorts(int app, int prometheus, int alertmanager, Map<String, Map<Integer, String>> published) {
    private static final String HOST = "127.0.0.1:";
    private static final int APP = 8080;
    private static final int PROMETHEUS = 9090;
    private static final int ALERTMANAGER = 9093;

    /** Takes the usual ports, or the next free ones. */
    static InstancePorts take(UserPorts ports, WantedMesh wanted) throws IOException {
        int app = ports.take(APP);
        int prometheus = ports.take(PROMETHEUS);
        int alertmanager = ports.take(ALERTMANAGER);
        var published = new TreeMap<String, Map<Integer, String>>();
        for (var workload : wanted.workloads()) {
            var addresses = new TreeMap<Integer, String>();
            for (var port : wanted.publishedBy(workload).entrySet()) {
                addresses.put(port.getKey(), HOST + ports.take(port.getValue()));
            }
            if (!addresses.isEmpty()) {
                published.put(workload.name() + "." + workload.namespace(), addresses);
            }
        }
        return new InstancePorts(app, prometheus, alertmanager, published);
    }

    /** Returns the usual addresses with those of this instance in their place. */
    Map<String, String> addresses() {
        return Map.of(
                HOST + APP, HOST + app,
                HOST + PROMETHEUS, HOST + prometheus,
                HOST + ALERTMANAGER, HOST + alertmanager);
    }

    /** Returns a remark for each port that is not the usual one. */
    List<String> moved() {
        var notes = new ArrayList<String>();
        note(notes, "the app", APP, app);
        note(notes, "Prometheus", PROMETHEUS, prometheus);
        note(notes, "Alertmanager", ALERTMANAGER, alertmanager);
        return notes;
    }

    private static void note(List<String> notes, String what, int usual, int port) {
        if (port != usual) {
            notes.add("port " + usual + " is in use; " + what + " is on " + port);
        }
    }

    String appUrl() {
        return "http://" + HOST + app;
    }

    String prometheusUrl() {
        return "http://" + HOST + prometheus;
    }

    String alertmanagerUrl() {
        return "http://" + HOST + alertmanager;
    }
}
