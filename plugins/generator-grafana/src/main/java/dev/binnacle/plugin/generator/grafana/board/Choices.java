package dev.binnacle.plugin.generator.grafana.board;

import dev.binnacle.plugin.generator.grafana.model.Variable.Choice;
import dev.binnacle.plugin.generator.grafana.model.Variable.Fixed;
import dev.binnacle.plugin.generator.grafana.model.Variable.LabelValues;
import dev.binnacle.plugin.generator.grafana.model.Variable.Option;
import dev.binnacle.plugin.generator.grafana.model.Variable.Source;
import java.util.List;

/** What readers of several dashboards choose; the same name everywhere, so that it goes along a link. */
final class Choices {
    /** Which Prometheus. */
    static final Source SOURCE = new Source("datasource", "Prometheus");

    /** Whose proxies counted (facts F4). */
    static final Fixed REPORTER = new Fixed(
            "reporter", "Seen by", List.of(new Option("callers", "source"), new Option("servers", "destination")));

    private static final String SERVICE_LABEL = "destination_service";

    private Choices() {}

    /** Namespaces in which requests arrive. */
    static LabelValues namespace(Names names) {
        return new LabelValues(
                "namespace",
                "Namespace",
                names.workload("istio_requests", List.of("reporter=\"destination\""))
                        .toString(),
                "destination_workload_namespace",
                Choice.ALL);
    }

    /** Services of the chosen namespace that were called, hosts outside among them when all are chosen. */
    static LabelValues service(Names names, LabelValues namespace) {
        return new LabelValues(
                "service",
                "Service",
                "{__name__=~\"service:istio_(requests|tcp_connections_opened):rate" + names.window() + "\","
                        + inNamespace(namespace) + "}",
                SERVICE_LABEL,
                Choice.FIRST);
    }

    /** A matcher for services of the chosen namespace: {@code NAME.NAMESPACE.svc.DOMAIN}. */
    static String inNamespace(LabelValues namespace) {
        return SERVICE_LABEL + "=~`(.+[.])?" + namespace.value() + "([.]svc[.].+)?`";
    }
}
