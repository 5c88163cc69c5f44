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
 * @param moved a remark for each port that is not the usual one
 */
record InstancePorts(
        int app,
        int prometheus,
        int alertmanager,
        int pushgateway,
        Map<String, Map<Integer, String>> published,
        List<String> moved) {
    private static final String HOST = "127.0.0.1:";
    private static final int APP = 8080;
    private static final int PROMETHEUS = 9090;
    private static final int ALERTMANAGER = 9093;
    private static final int PUSHGATEWAY = 9091;

    /** Takes the usual ports, or the next free ones. */
    static InstancePorts take(UserPorts ports, WantedMesh wanted) throws IOException {
        var moved = new ArrayList<String>();
        int app = take(ports, "the app", APP, moved);
        int prometheus = take(ports, "Prometheus", PROMETHEUS, moved);
        int alertmanager = take(ports, "Alertmanager", ALERTMANAGER, moved);
        int pushgateway = take(ports, "Pushgateway", PUSHGATEWAY, moved);
        var published = new TreeMap<String, Map<Integer, String>>();
        for (var workload : wanted.workloads()) {
            var addresses = new TreeMap<Integer, String>();
            for (var port : wanted.publishedBy(workload).entrySet()) {
                addresses.put(port.getKey(), HOST + take(ports, workload.name(), port.getValue(), moved));
            }
            if (!addresses.isEmpty()) {
                published.put(workload.name() + "." + workload.namespace(), addresses);
            }
        }
        return new InstancePorts(app, prometheus, alertmanager, pushgateway, published, List.copyOf(moved));
    }

    private static int take(UserPorts ports, String what, int usual, List<String> moved) throws IOException {
        int port = ports.take(usual);
        if (port != usual) {
            moved.add("port " + usual + " is in use; " + what + " is on " + port);
        }
        return port;
    }

    /** Returns the usual addresses with those of this instance in their place. */
    Map<String, String> addresses() {
        return Map.of(
                HOST + APP, HOST + app,
                HOST + PROMETHEUS, HOST + prometheus,
                HOST + ALERTMANAGER, HOST + alertmanager,
                HOST + PUSHGATEWAY, HOST + pushgateway);
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

    String pushgatewayUrl() {
        return "http://" + HOST + pushgateway;
    }
}
