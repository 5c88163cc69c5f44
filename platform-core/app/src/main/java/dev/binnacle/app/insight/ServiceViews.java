package dev.binnacle.app.insight;

import dev.binnacle.insight.alert.Alert;
import dev.binnacle.insight.alert.Owners;
import dev.binnacle.insight.topology.Services;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts together what is known of services. Alerts and objectives are those of now, at whatever time signals are. For any thread. */
@ApplicationScoped
public class ServiceViews {
    private final Pictures pictures;
    private final Slos slos;
    private final Alerts alerts;

    ServiceViews(Pictures pictures, Slos slos, Alerts alerts) {
        this.pictures = pictures;
        this.slos = slos;
        this.alerts = alerts;
    }

    ServiceView.Listing all(String window, @Nullable String at) {
        var services = services(window, at);
        var firing = alerts.now();
        var gaps = together(services.gaps(), firing.gaps());
        return new ServiceView.Listing(
                services.at(),
                window,
                gaps.isEmpty(),
                gaps,
                services.services().stream()
                        .map(service -> ServiceView.Entry.of(
                                service,
                                firing.known()
                                        ? OptionalInt.of(
                                                about(service, firing.firing()).size())
                                        : OptionalInt.empty()))
                        .toList());
    }

    ServiceView one(String namespace, String name, String window, @Nullable String at) {
        var services = services(window, at);
        var service = services.find(namespace, name)
                .orElseThrow(() -> Parameters.notFound("There is no service " + name + " in namespace " + namespace
                        + ". GET /api/v1/services lists all"));
        var found = alerts.now();
        var objectives = slos.now();
        var owners = new Owners(pictures.declared());
        return ServiceView.of(
                services,
                service,
                window,
                together(services.gaps(), objectives.gaps(), found.gaps()),
                objectives.slos().stream()
                        .filter(slo -> slo.host().equals(service.host()))
                        .map(slo -> SloView.of(slo, owners))
                        .toList(),
                about(service, found.alerts()).stream().map(AlertView::of).toList());
    }

    private Services services(String window, @Nullable String at) {
        return pictures.of(Parameters.window(window), Parameters.at(at)).services();
    }

    private static List<Alert> about(Services.Service service, List<Alert> alerts) {
        var ids = Stream.concat(
                        Stream.of(service.id()), service.versions().stream().map(Services.Version::nodeId))
                .toList();
        return alerts.stream()
                .filter(alert -> alert.node().filter(ids::contains).isPresent())
                .toList();
    }

    @SafeVarargs
    private static List<String> together(List<String>... gaps) {
        return Stream.of(gaps).flatMap(List::stream).toList();
    }
}
