package dev.binnacle.prometheus.scrape;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Pages like those of well-known targets; the same lines with other values for another seed. */
enum LikePages {
    NODE_EXPORTER {
        @Override
        String page(Random values) {
            var page = new StringBuilder();
            for (int metric = 0; metric < 280; metric++) {
                String name = "node_" + WORDS.get(metric % WORDS.size()) + "_" + metric + "_total";
                describe(page, name, metric % 3 == 0 ? "gauge" : "counter");
                for (int device = 0; device < 1 + metric % 9; device++) {
                    page.append(name);
                    if (metric % 4 > 0) {
                        page.append("{cpu=\"")
                                .append(device)
                                .append("\",mode=\"")
                                .append(WORDS.get(device))
                                .append("\"}");
                    }
                    page.append(' ').append(go(values)).append('\n');
                    if (metric % 4 == 0) {
                        break;
                    }
                }
            }
            return page.toString();
        }
    },
    ENVOY {
        @Override
        String page(Random values) {
            var page = new StringBuilder();
            for (int metric = 0; metric < 120; metric++) {
                String name = "envoy_cluster_" + WORDS.get(metric % WORDS.size()) + "_" + metric;
                page.append("# TYPE ").append(name).append(" counter\n");
                for (int cluster = 0; cluster < 40; cluster++) {
                    page.append(name)
                            .append("{envoy_cluster_name=\"outbound|8080||service-")
                            .append(cluster)
                            .append(".default.svc.cluster.local\"} ")
                            .append(values.nextInt(cluster % 3 == 0 ? 10 : 10_000_000))
                            .append('\n');
                }
            }
            return page.toString();
        }
    },
    ISTIO {
        @Override
        String page(Random values) {
            var page = new StringBuilder("# TYPE istio_request_duration_milliseconds histogram\n");
            for (int peer = 0; peer < 150; peer++) {
                String labels = istioLabels(peer);
                for (String bound : List.of(
                        "0.5", "1", "5", "10", "25", "50", "100", "250", "500", "1000", "2500", "5000", "10000",
                        "30000", "60000", "300000", "600000", "1.8e+06", "3.6e+06", "+Inf")) {
                    page.append("istio_request_duration_milliseconds_bucket{")
                            .append(labels)
                            .append(",le=\"")
                            .append(bound)
                            .append("\"} ")
                            .append(values.nextInt(1_000_000))
                            .append('\n');
                }
                page.append("istio_request_duration_milliseconds_sum{")
                        .append(labels)
                        .append("} ")
                        .append(values.nextInt(1_000_000) / 10.0)
                        .append('\n');
                page.append("istio_request_duration_milliseconds_count{")
                        .append(labels)
                        .append("} ")
                        .append(values.nextInt(1_000_000))
                        .append('\n');
            }
            return page.toString();
        }
    };

    private static final List<String> WORDS = List.of(
            "idle", "user", "system", "iowait", "irq", "softirq", "steal", "nice", "bytes", "packets", "errors",
            "dropped");

    abstract String page(Random values);

    private static void describe(StringBuilder page, String name, String type) {
        page.append("# HELP ")
                .append(name)
                .append(" Something about ")
                .append(name)
                .append(" that is worth to be known.\n");
        page.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    /** A number as Go prints it: often whole, sometimes with an exponent, sometimes with all its digits. */
    private static String go(Random values) {
        return switch (values.nextInt(4)) {
            case 0 -> Integer.toString(values.nextInt(1000));
            case 1 -> String.format(Locale.ROOT, "%.2f", values.nextDouble() * 100_000);
            case 2 -> String.format(Locale.ROOT, "%.9e", values.nextDouble() * 1e12);
            default -> Double.toString(values.nextDouble() * 1000);
        };
    }

    private static String istioLabels(int peer) {
        var labels = new StringBuilder();
        for (String label : List.of(
                "reporter",
                "source_workload",
                "source_canonical_service",
                "source_canonical_revision",
                "source_workload_namespace",
                "source_principal",
                "source_app",
                "source_version",
                "source_cluster",
                "destination_workload",
                "destination_workload_namespace",
                "destination_principal",
                "destination_app",
                "destination_version",
                "destination_service",
                "destination_canonical_service",
                "destination_canonical_revision",
                "destination_service_name",
                "destination_service_namespace",
                "destination_cluster",
                "request_protocol",
                "response_code",
                "response_flags",
                "connection_security_policy")) {
            labels.append(labels.isEmpty() ? "" : ",")
                    .append(label)
                    .append("=\"workload-")
                    .append(peer)
                    .append("-v1\"");
        }
        return labels.toString();
    }
}
