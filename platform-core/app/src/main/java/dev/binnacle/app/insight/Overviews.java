package dev.binnacle.app.insight;

import dev.binnacle.app.mesh.MeshRuntime;
import dev.binnacle.app.plugins.Plugins;
import dev.binnacle.insight.alert.Owners;
import dev.binnacle.insight.health.Health;
import dev.binnacle.insight.overview.Concern;
import dev.binnacle.insight.overview.Concern.Page;
import dev.binnacle.insight.overview.Concern.Severity;
import dev.binnacle.insight.overview.Overview;
import dev.binnacle.mesh.diagnostic.Diagnostic;
import dev.binnacle.plugins.ExtensionState;
import dev.binnacle.plugins.ExtensionStatus;
import dev.binnacle.xds.ProxyStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/** Puts everything together that may need attention. For any thread. */
@ApplicationScoped
public class Overviews {
    private static final int BUDGETS = 5;

    private final MeshRuntime mesh;
    private final Plugins plugins;
    private final Pictures pictures;
    private final Slos slos;
    private final Alerts alerts;

    Overviews(MeshRuntime mesh, Plugins plugins, Pictures pictures, Slos slos, Alerts alerts) {
        this.mesh = mesh;
        this.plugins = plugins;
        this.pictures = pictures;
        this.slos = slos;
        this.alerts = alerts;
    }

    OverviewView of(Duration length, String window, Optional<Instant> end) {
        var picture = pictures.of(length, end);
        var firing = alerts.now();
        var objectives = slos.now();
        var owners = new Owners(pictures.declared());
        var diagnostics = diagnostics();
        var proxies = mesh.controller().controlPlane().proxies();
        var extensions = plugins.statuses().stream()
                // One without settings is not used, which is no state to worry about.
                .filter(extension -> extension.state() != ExtensionState.RESOLVED)
                .toList();
        var overview = Overview.of(
                new Overview.Known(picture.topology(), picture.services(), firing.alerts(), objectives.slos(), owners),
                Stream.of(diagnostics(diagnostics), proxies(proxies), plugins(extensions))
                        .flatMap(concerns -> concerns)
                        .toList());
        var gaps = Stream.of(picture.topology().gaps(), objectives.gaps(), firing.gaps())
                .flatMap(List::stream)
                .toList();
        return new OverviewView(
                picture.topology().at(),
                window,
                gaps.isEmpty(),
                gaps,
                counts(overview),
                overview.attention().stream().map(OverviewView.ConcernView::of).toList(),
                objectives.slos().stream()
                        .limit(BUDGETS)
                        .map(slo -> SloView.of(slo, owners))
                        .toList(),
                firing.known() ? OptionalInt.of(firing.firing().size()) : OptionalInt.empty(),
                counted(diagnostics),
                new OverviewView.Proxies(proxies.size(), (int)
                        proxies.stream().filter(ProxyStatus::synced).count()),
                new OverviewView.Plugins(extensions.size(), (int) extensions.stream()
                        .filter(extension -> extension.state() == ExtensionState.OK)
                        .count()));
    }

    private static Map<String, Integer> counts(Overview overview) {
        var counts = new LinkedHashMap<String, Integer>();
        for (var status : Health.Status.values()) {
            counts.put(TopologyView.word(status), overview.counts().getOrDefault(status, 0));
        }
        return counts;
    }

    private List<Diagnostic> diagnostics() {
        var controller = mesh.controller();
        return Stream.concat(controller.state().diagnostics().stream(), controller.rejected().stream())
                .distinct()
                .toList();
    }

    private static OverviewView.Diagnostics counted(List<Diagnostic> diagnostics) {
        int errors = 0;
        int warnings = 0;
        for (var diagnostic : diagnostics) {
            switch (diagnostic.severity()) {
                case ERROR -> errors++;
                case WARNING -> warnings++;
            }
        }
        return new OverviewView.Diagnostics(errors, warnings);
    }

    private static Stream<Concern> diagnostics(List<Diagnostic> diagnostics) {
        int errors = counted(diagnostics).errors();
        return errors == 0
                ? Stream.of()
                : Stream.of(new Concern(
                        Severity.DEGRADED,
                        errors == 1 ? "An error in the manifests" : errors + " errors in the manifests",
                        diagnostics.stream()
                                .filter(diagnostic ->
                                        diagnostic.severity() == dev.binnacle.mesh.diagnostic.Severity.ERROR)
                                .findFirst()
                                .map(Diagnostic::toString)
                                .orElse(""),
                        Optional.empty(),
                        Page.CONFIGURATION,
                        Optional.empty()));
    }

    private static Stream<Concern> proxies(List<ProxyStatus> proxies) {
        return proxies.stream()
                .filter(proxy -> proxy.connected() && !proxy.synced())
                .map(proxy -> new Concern(
                        Severity.DEGRADED,
                        "The proxy of " + proxy.proxy() + " has not taken its configuration",
                        proxy.types().values().stream()
                                .flatMap(type -> type.error().stream())
                                .sorted()
                                .findFirst()
                                .orElse("it has not acknowledged everything that it was sent"),
                        Optional.empty(),
                        Page.CONFIGURATION,
                        Optional.empty()));
    }

    private static Stream<Concern> plugins(List<ExtensionStatus> extensions) {
        return extensions.stream()
                .filter(extension ->
                        extension.state() == ExtensionState.DEGRADED || extension.state() == ExtensionState.FAILED)
                .map(extension -> new Concern(
                        Severity.DEGRADED,
                        extension.id() + " is " + extension.state().text(),
                        extension.reason(),
                        Optional.empty(),
                        Page.PLUGINS,
                        Optional.empty()));
    }
}
