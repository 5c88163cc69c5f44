package dev.binnacle.mesh.compile;

import java.util.ArrayList;
import java.util.List;

/** Istio's names for Envoy's resources, and the names clients have for Services. */
public final class Names {
    static final String HTTP_PROXY = "http_proxy";
    static final String PASSTHROUGH = "PassthroughCluster";
    static final String BLACKHOLE = "BlackHoleCluster";

    /** Istio's name for the cluster of a backend that there is not. */
    static final String NOWHERE = "UnknownService";

    private Names() {}

    static String outbound(int port, String subset, String host) {
        return "outbound|" + port + "|" + subset + "|" + host;
    }

    /** Names the cluster of what stands in for a host that a proxy passes requests through to. */
    static String standIn(int port, String host) {
        return "passthrough|" + port + "||" + host;
    }

    static String inbound(int port) {
        return "inbound|" + port + "||";
    }

    public static String listener(String address, int port) {
        return address + "_" + port;
    }

    static String sni(int port, String subset, String host) {
        return "outbound_." + port + "_." + subset + "_." + host;
    }

    /** Returns every name by which a client in {@code namespace} may call the host of a Service. */
    static List<String> aliases(String host, String namespace) {
        var result = new ArrayList<String>();
        result.add(host);
        String[] labels = host.split("\\.", -1);
        if (!host.endsWith(".svc.cluster.local") || labels.length != 5) {
            return result;
        }
        if (labels[1].equals(namespace)) {
            result.add(labels[0]);
        }
        result.add(labels[0] + "." + labels[1]);
        result.add(labels[0] + "." + labels[1] + ".svc");
        return result;
    }

    /** Returns the Host headers by which a client in {@code namespace} may address a port of a host. */
    static List<String> domains(String host, int port, String namespace) {
        var result = new ArrayList<String>();
        for (String alias : aliases(host, namespace)) {
            result.add(alias);
            result.add(alias + ":" + port);
        }
        // A client may write the name as DNS does, with its last dot.
        result.add(host + ".");
        result.add(host + ".:" + port);
        return List.copyOf(result);
    }
}
