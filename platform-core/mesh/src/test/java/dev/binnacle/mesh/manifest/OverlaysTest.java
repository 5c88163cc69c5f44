package dev.binnacle.mesh.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.diagnostic.Compiled;
import dev.binnacle.mesh.diagnostic.ResourceRef;
import java.util.List;
import org.junit.jupiter.api.Test;

class OverlaysTest {
    private static final Compiled<Manifests> BASE =
            ManifestReader.read(List.of(service("base.yaml", "catalog", 8080), service("more.yaml", "orders", 8080)));

    @Test
    void theLastOneWins() {
        var laid = Overlays.laidOver(
                BASE,
                List.of(service("0001-apply.yaml", "catalog", 8081), service("0002-apply.yaml", "catalog", 8082)));

        assertThat(laid.diagnostics()).isEmpty();
        assertThat(laid.value().services())
                .extracting(s -> s.ref().name() + " " + s.ports().getFirst().number())
                .containsExactly("catalog 8082", "orders 8080");
    }

    @Test
    void aDeletionTakesAwayWhatCameBefore() {
        var laid = Overlays.laidOver(
                BASE, List.of(service("0001-apply.yaml", "payments", 8080), named("0002-delete.yaml", "payments")));

        assertThat(laid.value().services()).extracting(s -> s.ref().name()).containsExactly("catalog", "orders");
    }

    @Test
    void whatWasDeletedCanComeBack() {
        var laid = Overlays.laidOver(
                BASE, List.of(named("0001-delete.yaml", "catalog"), service("0002-apply.yaml", "catalog", 9090)));

        assertThat(laid.value().services()).extracting(s -> s.ref().name()).containsExactly("catalog", "orders");
    }

    @Test
    void whatIsRestoredIsWhatTheManifestsSay() {
        var laid = Overlays.laidOver(
                BASE,
                List.of(
                        service("0001-apply.yaml", "catalog", 9090),
                        service("0002-apply.yaml", "payments", 8080),
                        named("0003-delete.yaml", "orders"),
                        named("0004-restore.yaml", "catalog"),
                        named("0005-restore.yaml", "payments"),
                        named("0006-restore.yaml", "orders")));

        assertThat(laid.value()).isEqualTo(BASE.value());
    }

    @Test
    void whatWasRestoredCanBeAppliedAgain() {
        var overlays = List.of(
                service("0001-apply.yaml", "catalog", 9090),
                named("0002-restore.yaml", "catalog"),
                service("0003-apply.yaml", "catalog", 9091),
                named("0004-delete.yaml", "orders"));

        assertThat(Overlays.applied(overlays)).containsExactly(new ResourceRef("Service", "default", "catalog"));
        assertThat(Overlays.applied(overlays.subList(0, 2))).isEmpty();
    }

    @Test
    void aFileOfTheManifestsIsNoOverlayWhateverItIsCalled() {
        var given = List.of(service("catalog-delete.yaml", "catalog", 8080));

        assertThat(ManifestDocuments.Contents.of(given).changed(given)).isEmpty();
    }

    @Test
    void namesCountEvenWhenTheRestIsMissing() {
        var names = Overlays.names(List.of(named("any.yaml", "catalog")));

        assertThat(names.diagnostics()).isEmpty();
        assertThat(names.value()).containsExactly(new ResourceRef("Service", "default", "catalog"));
    }

    @Test
    void ofConfigMapsOnlyTheMeshsOwnHasAName() {
        String configMap = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio, namespace: %s}\n";

        assertThat(Overlays.names(List.of(
                                new ManifestFile("a.yaml", configMap.formatted("default")),
                                new ManifestFile("b.yaml", configMap.formatted("istio-system"))))
                        .value())
                .containsExactly(new ResourceRef("ConfigMap", "istio-system", "istio"));
    }

    @Test
    void aSyntaxErrorIsReportedWithItsFile() {
        var laid = Overlays.laidOver(BASE, List.of(new ManifestFile("0001-apply.yaml", "kind: [")));

        assertThat(laid.diagnostics())
                .singleElement()
                .satisfies(d -> assertThat(d.file()).isEqualTo("0001-apply.yaml"));
        assertThat(laid.value()).isEqualTo(BASE.value());
    }

    private static ManifestFile named(String file, String name) {
        return new ManifestFile(file, """
                apiVersion: v1
                kind: Service
                metadata:
                  name: %s
                """.formatted(name));
    }

    private static ManifestFile service(String file, String name, int port) {
        return new ManifestFile(file, """
                apiVersion: v1
                kind: Service
                metadata:
                  name: %s
                spec:
                  selector:
                    app: %s
                  ports:
                  - name: http
                    port: %d
                """.formatted(name, name, port));
    }
}
