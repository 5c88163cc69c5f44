package dev.binnacle.plugin.collectors.mesh.envoy;

import dev.binnacle.spi.context.Proxy;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Asks one Envoy for its pages, all at once, and reads the answers. */
final class ProxyVisit {
    /**
     * What one Envoy said.
     *
     * @param problems one for each page that could not be read
     */
    record Report(List<Sample> samples, List<String> problems) {}

    private record PendingPage(CompletableFuture<HttpResponse<byte[]>> answer, PageReader reader) {}

    private final AdminClient admin;
    private final List<PageReader> readers;

    ProxyVisit(AdminClient admin, String controlPlaneCluster) {
        this.admin = admin;
        this.readers = List.of(
                new ServerInfoReader(),
                new ClustersReader(controlPlaneCluster),
                new CertificatesReader(),
                ConfigDumpReader.LISTENERS,
                ConfigDumpReader.CLUSTERS,
                ConfigDumpReader.ROUTES);
    }

    Pending begin(Proxy proxy) {
        var pages = readers.stream()
                .map(reader -> new PendingPage(admin.get(proxy.admin(), reader.path()), reader))
                .toList();
        return new Pending(proxy, pages);
    }

    /** Requests under way. */
    static final class Pending {
        private final Proxy proxy;
        private final List<PendingPage> pages;

        private Pending(Proxy proxy, List<PendingPage> pages) {
            this.proxy = proxy;
            this.pages = pages;
        }

        Proxy proxy() {
            return proxy;
        }

        void cancel() {
            pages.forEach(page -> page.answer().cancel(true));
        }

        Report await(Instant at) throws InterruptedException {
            var labels = Labels.of("pod", proxy.pod(), "namespace", proxy.namespace(), "workload", proxy.workload());
            var samples = new ArrayList<Sample>();
            var problems = new ArrayList<String>();
            for (var page : pages) {
                try {
                    samples.addAll(
                            page.reader().read(AdminClient.parse(page.answer().get()), labels, at));
                } catch (ExecutionException e) {
                    problems.add(page.reader().path() + ": " + AdminClient.reason(e.getCause()));
                } catch (IOException | UnexpectedPageException e) {
                    problems.add(page.reader().path() + ": " + AdminClient.reason(e));
                }
            }
            samples.add(EnvoyMetrics.UP.sample(labels, problems.isEmpty() ? 1 : 0, at));
            return new Report(samples, problems);
        }
    }
}
