package dev.binnacle.plugin.collector.kubernetes;

import dev.binnacle.kubernetes.access.ClusterAccess;
import dev.binnacle.kubernetes.watch.WatchOptions;
import dev.binnacle.plugin.collector.kubernetes.kinds.Deployments;
import dev.binnacle.plugin.collector.kubernetes.kinds.EndpointSlices;
import dev.binnacle.plugin.collector.kubernetes.kinds.KindReport;
import dev.binnacle.plugin.collector.kubernetes.kinds.Pods;
import dev.binnacle.plugin.collector.kubernetes.kinds.ReportedKind;
import dev.binnacle.plugin.collector.kubernetes.kinds.Services;
import dev.binnacle.plugin.collector.kubernetes.kinds.StatefulSets;
import dev.binnacle.plugin.collector.kubernetes.kinds.WarningEvents;
import dev.binnacle.spi.Capabilities;
import dev.binnacle.spi.ExtensionDescriptor;
import dev.binnacle.spi.ExtensionKind;
import dev.binnacle.spi.Stability;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.collect.CollectorFactory;
import dev.binnacle.spi.config.ConfigKey;
import dev.binnacle.spi.config.ConfigProblem;
import dev.binnacle.spi.config.InvalidConfigException;
import dev.binnacle.spi.config.Settings;
import dev.binnacle.spi.config.ValueType;
import dev.binnacle.spi.context.ExtensionContext;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Makes {@code collector-kubernetes}. */
public final class KubernetesCollectorFactory implements CollectorFactory {
    private static final String EVERYWHERE = "*";
    private static final String RESOURCES = "pods,deployments,statefulsets,services,endpointslices,events";
    private static final int LARGEST_PAGE = 10_000;

    static final ConfigKey<List<String>> NAMESPACES = new ConfigKey<>(
            "namespaces", ValueType.LIST, null, "The namespaces to look at, with commas between; * for all of them");
    static final ConfigKey<String> KUBECONFIG = new ConfigKey<>(
            "kubeconfig",
            ValueType.TEXT,
            ClusterAccess.IN_CLUSTER,
            "A kubeconfig file, whose current context is used; in-cluster for the service account of the pod");
    static final ConfigKey<List<String>> WATCHED = new ConfigKey<>(
            "resources", ValueType.LIST, RESOURCES, "What to look at; each needs the right to list and watch it");
    static final ConfigKey<Duration> TIMEOUT =
            new ConfigKey<>("timeout", ValueType.DURATION, "5s", "How long the API server may take for an answer");
    static final ConfigKey<Duration> STALE_AFTER = new ConfigKey<>(
            "stale-after",
            ValueType.DURATION,
            "1m",
            "How long what was seen last is still reported when the API server does not answer");
    static final ConfigKey<Integer> PAGE_SIZE = new ConfigKey<>(
            "page-size", ValueType.INTEGER, "500", "How many resources one answer to a list may have, 1 to 10000");

    @Override
    public ExtensionDescriptor descriptor() {
        return new ExtensionDescriptor(
                ExtensionKind.COLLECTOR,
                "collector-kubernetes",
                Stability.BETA,
                "Watches pods, workloads, services, endpoints and warning events of Kubernetes",
                List.of(NAMESPACES, KUBECONFIG, WATCHED, TIMEOUT, STALE_AFTER, PAGE_SIZE),
                new Capabilities(List.of("*"), List.of("{kubeconfig}")));
    }

    @Override
    public Collector create(ExtensionContext context) throws InvalidConfigException {
        var settings = context.settings();
        var problems = new ArrayList<ConfigProblem>();
        var namespaces = namespaces(settings.get(NAMESPACES), problems);
        var kinds = kinds(settings.get(WATCHED), problems);
        checkPageSize(settings.get(PAGE_SIZE), problems);
        try {
            var config = ClusterAccess.config(
                    settings.get(KUBECONFIG), System.getenv(), settings.get(TIMEOUT), "binnacle-collector-kubernetes");
            if (problems.isEmpty()) {
                var options = options(settings);
                var reports = kinds.stream()
                        .<KindReport<?, ?>>map(kind -> report(kind, namespaces, options))
                        .toList();
                return new KubernetesCollector(config, reports, settings.get(TIMEOUT));
            }
        } catch (IOException e) {
            problems.add(new ConfigProblem(
                    KUBECONFIG.name(),
                    "'" + settings.get(KUBECONFIG) + "': " + e.getMessage(),
                    "Name a kubeconfig file, or write in-cluster in a pod with a service account"));
        }
        throw new InvalidConfigException(problems);
    }

    private static WatchOptions options(Settings settings) {
        return new WatchOptions(settings.get(TIMEOUT), settings.get(STALE_AFTER), settings.get(PAGE_SIZE));
    }

    private static <T extends HasMetadata, F> KindReport<T, F> report(
            ReportedKind<T, F> kind, List<String> namespaces, WatchOptions options) {
        return new KindReport<>(kind, namespaces, options);
    }

    private static List<String> namespaces(List<String> written, List<ConfigProblem> problems) {
        if (written.isEmpty()) {
            problems.add(new ConfigProblem(NAMESPACES.name(), "there is none", "Write names of namespaces, or *"));
        }
        if (written.contains(EVERYWHERE)) {
            return List.of("");
        }
        for (String namespace : written) {
            if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
                problems.add(new ConfigProblem(
                        NAMESPACES.name(),
                        "'" + namespace + "' is no namespace",
                        "A namespace has lower-case letters, digits and -"));
            }
        }
        return List.copyOf(new TreeSet<>(written));
    }

    private static List<ReportedKind<?, ?>> kinds(List<String> written, List<ConfigProblem> problems) {
        var all = List.<ReportedKind<?, ?>>of(
                new Pods(),
                new Deployments(),
                new StatefulSets(),
                new Services(),
                new EndpointSlices(),
                new WarningEvents());
        var known = all.stream().map(ReportedKind::resource).toList();
        for (String resource : written) {
            if (!known.contains(resource)) {
                problems.add(new ConfigProblem(
                        WATCHED.name(), "'" + resource + "' cannot be watched", "Write some of " + RESOURCES));
            }
        }
        return all.stream().filter(kind -> written.contains(kind.resource())).toList();
    }

    private static void checkPageSize(int size, List<ConfigProblem> problems) {
        if (size < 1 || size > LARGEST_PAGE) {
            problems.add(new ConfigProblem(PAGE_SIZE.name(), "'" + size + "' is not valid", "Write 1 to 10000"));
        }
    }
}
