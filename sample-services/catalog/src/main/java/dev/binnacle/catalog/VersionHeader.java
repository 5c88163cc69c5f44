package dev.binnacle.catalog;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** Says in a header of every answer, failures included, which edition gave it. */
@Provider
class VersionHeader implements ContainerResponseFilter {
    static final String NAME = "x-catalog-version";

    // Filters are built before the configuration is readable.
    private final jakarta.inject.Provider<CatalogConfig> config;

    VersionHeader(jakarta.inject.Provider<CatalogConfig> config) {
        this.config = config;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        response.getHeaders().putSingle(NAME, config.get().version().label());
    }
}
