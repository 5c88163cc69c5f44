package dev.binnacle.app.insight;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** Puts together what is known of services. For any thread. */
@ApplicationScoped
public class ServiceViews {
    private final Pictures pictures;

    ServiceViews(Pictures pictures) {
        this.pictures = pictures;
    }

    ServiceView.Listing all(String window, @Nullable String at) {
        var services = pictures.of(Parameters.window(window), Parameters.at(at)).services();
        return new ServiceView.Listing(
                services.at(),
                window,
                services.complete(),
                services.gaps(),
                services.services().stream().map(ServiceView.Entry::of).toList());
    }

    ServiceView one(String namespace, String name, String window, @Nullable String at) {
        var services = pictures.of(Parameters.window(window), Parameters.at(at)).services();
        var service = services.find(namespace, name)
                .orElseThrow(() -> Parameters.notFound("There is no service " + name + " in namespace " + namespace
                        + ". GET /api/v1/services lists all"));
        return ServiceView.of(services, service, window);
    }
}
