package dev.binnacle.xds;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * The server's own metrics, with the names, types, labels and buckets of istiod, so that its dashboards and rules fit.
 *
 * <p>Thread-safe.
 */
public final class PilotMetrics {
    private static final double[] PUSH_SECONDS = {.01, .1, 1, 3, 5, 10, 20, 30};
    private static final double[] CONVERGENCE_SECONDS = {.1, .5, 1, 3, 5, 10, 20, 30};
    private static final double[] CONFIG_BYTES = {1, 10000, 1000000, 4000000, 10000000, 40000000};
    private static final double NANOS = 1e9;

    private final Map<String, Family> families = new TreeMap<>();

    PilotMetrics(String version) {
        gauge("pilot_info", "Pilot version and build information.");
        gauge("pilot_services", "Total services known to pilot.");
        gauge("pilot_virt_services", "Total virtual services known to pilot.");
        gauge("pilot_xds", "Number of endpoints connected to this pilot using XDS.");
        counter("pilot_xds_pushes", "Pilot build and send errors for lds, rds, cds and eds.");
        counter("pilot_total_xds_rejects", "Total number of XDS responses from pilot rejected by proxy.");
        counter("pilot_xds_expired_nonce", "Total number of XDS requests with an expired nonce.");
        gauge("pilot_xds_cds_reject", "Pilot rejected CDS configs.");
        gauge("pilot_xds_eds_reject", "Pilot rejected EDS.");
        gauge("pilot_xds_lds_reject", "Pilot rejected LDS.");
        gauge("pilot_xds_rds_reject", "Pilot rejected RDS.");
        histogram(
                "pilot_xds_push_time",
                "Total time in seconds Pilot takes to push lds, rds, cds and eds.",
                PUSH_SECONDS);
        histogram(
                "pilot_proxy_convergence_time",
                "Delay in seconds between config change and a proxy receiving all required configuration.",
                CONVERGENCE_SECONDS);
        histogram("pilot_xds_config_size_bytes", "Distribution of configuration sizes pushed to clients", CONFIG_BYTES);
        family("pilot_info").value("{version=\"" + version + "\"}", 1);
        registry(0, 0);
    }

    /** Sets how many Services and VirtualServices the translation knows. */
    public synchronized void registry(int services, int virtualServices) {
        family("pilot_services").value("", services);
        family("pilot_virt_services").value("", virtualServices);
    }

    /** Returns all of them in Prometheus' text format 0.0.4, sorted by name. */
    public synchronized String render() {
        var text = new StringBuilder();
        families.values().forEach(family -> family.render(text));
        return text.toString();
    }

    synchronized void connected(String version, int change) {
        family("pilot_xds").add("{version=\"" + escaped(version) + "\"}", change);
    }

    synchronized void pushed(XdsType type, long nanos, int bytes) {
        String labels = typeLabel(type);
        family("pilot_xds_pushes").add(labels, 1);
        family("pilot_xds_push_time").observe(labels, nanos / NANOS);
        family("pilot_xds_config_size_bytes").observe(labels, bytes);
    }

    /** istiod has a gauge for each of the four oldest types only. */
    synchronized void rejected(XdsType type, String proxy, int code) {
        family("pilot_total_xds_rejects").add(typeLabel(type), 1);
        var ofType = families.get("pilot_xds_" + type.metric() + "_reject");
        if (ofType != null) {
            ofType.add("{err=\"" + codeName(code) + "\",node=\"" + escaped(proxy) + "\"}", 1);
        }
    }

    synchronized void expiredNonce(XdsType type) {
        family("pilot_xds_expired_nonce").add(typeLabel(type), 1);
    }

    synchronized void converged(long nanos) {
        family("pilot_proxy_convergence_time").observe("", nanos / NANOS);
    }

    private Family family(String name) {
        var family = families.get(name);
        if (family == null) {
            throw new IllegalArgumentException("no such metric: " + name);
        }
        return family;
    }

    private void gauge(String name, String help) {
        families.put(name, new Family(name, "gauge", help, new double[0]));
    }

    private void counter(String name, String help) {
        families.put(name, new Family(name, "counter", help, new double[0]));
    }

    private void histogram(String name, String help, double[] bounds) {
        families.put(name, new Family(name, "histogram", help, bounds));
    }

    private static String typeLabel(XdsType type) {
        return "{type=\"" + type.metric() + "\"}";
    }

    /** Returns the name that Go's gRPC gives a status code, as istiod does: {@code Internal}, {@code InvalidArgument}. */
    private static String codeName(int code) {
        var status = io.grpc.Status.fromCodeValue(code).getCode();
        if (status == io.grpc.Status.Code.OK) {
            return "OK";
        }
        if (status == io.grpc.Status.Code.CANCELLED) {
            return "Canceled";
        }
        var name = new StringBuilder();
        for (String word : status.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        return name.toString();
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    /** One metric with its series, labels rendered as they will appear. */
    private static final class Family {
        private final String name;
        private final String type;
        private final String help;
        private final double[] bounds;
        private final Map<String, Double> values = new TreeMap<>();
        private final Map<String, double[]> buckets = new TreeMap<>();

        Family(String name, String type, String help, double[] bounds) {
            this.name = name;
            this.type = type;
            this.help = help;
            this.bounds = bounds;
        }

        void value(String labels, double value) {
            values.put(labels, value);
        }

        void add(String labels, double change) {
            values.merge(labels, change, Double::sum);
        }

        void observe(String labels, double value) {
            double[] counts = buckets.computeIfAbsent(labels, l -> new double[bounds.length + 1]);
            int at = 0;
            while (at < bounds.length && value > bounds[at]) {
                at++;
            }
            counts[at]++;
            values.merge(labels, value, Double::sum);
        }

        void render(StringBuilder text) {
            text.append("# HELP ").append(name).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
            values.forEach((labels, value) -> {
                if (bounds.length > 0) {
                    renderHistogram(text, labels, value);
                } else {
                    text.append(name)
                            .append(labels)
                            .append(' ')
                            .append(number(value))
                            .append('\n');
                }
            });
        }

        private void renderHistogram(StringBuilder text, String labels, double sum) {
            double[] counts = buckets.getOrDefault(labels, new double[bounds.length + 1]);
            double cumulative = 0;
            for (int i = 0; i < counts.length; i++) {
                cumulative += counts[i];
                String bound = i < bounds.length ? number(bounds[i]) : "+Inf";
                text.append(name)
                        .append("_bucket")
                        .append(withBound(labels, bound))
                        .append(' ');
                text.append(number(cumulative)).append('\n');
            }
            text.append(name)
                    .append("_sum")
                    .append(labels)
                    .append(' ')
                    .append(number(sum))
                    .append('\n');
            text.append(name)
                    .append("_count")
                    .append(labels)
                    .append(' ')
                    .append(number(cumulative))
                    .append('\n');
        }

        private static String withBound(String labels, String bound) {
            String le = "le=\"" + bound + "\"}";
            return labels.isEmpty() ? "{" + le : labels.substring(0, labels.length() - 1) + "," + le;
        }
    }
}
