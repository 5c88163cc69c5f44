package dev.binnacle.plugin.generators.slo;

import dev.binnacle.spi.generate.SourceFile;
import java.util.List;

/** Manifests of a small shop with one SLO. */
final class Documents {
    static final SourceFile SHOP = new SourceFile("shop.yaml", """
            apiVersion: v1
            kind: Service
            metadata: {name: catalog, namespace: shop}
            spec: {selector: {app: catalog}}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: catalog-v1, namespace: shop}
            spec: {template: {metadata: {labels: {app: catalog, version: v1}}}}
            ---
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: partner}
            spec: {hosts: [api.partner.example]}
            """);

    private Documents() {}

    /** Returns the shop with an SLO; its document's line 1 is its {@code apiVersion}. */
    static List<SourceFile> with(String name, String annotations, String indicator, String objective) {
        return List.of(SHOP, slo(name, annotations, "catalog.shop", indicator, "28d", objective));
    }

    static SourceFile slo(
            String name, String annotations, String service, String indicator, String window, String objective) {
        return new SourceFile("slo.yaml", """
                apiVersion: openslo/v1
                kind: SLO
                metadata:
                  name: %s
                  annotations: {%s}
                spec:
                  service: %s
                  indicatorRef: %s
                  timeWindow: [{duration: %s, isRolling: true}]
                  budgetingMethod: Occurrences
                  objectives: [%s]
                """.formatted(name, annotations, service, indicator, window, objective));
    }
}
