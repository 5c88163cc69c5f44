package dev.binnacle.app.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.binnacle.mesh.diagnostic.ResourceRef;
import dev.binnacle.mesh.manifest.ManifestFile;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObsoleteOverlaysTest {
    private static final List<ResourceRef> BASE = List.of(new ResourceRef("Service", "default", "catalog"));

    @Test
    void whatALaterOverlayReplacesAltogetherIsObsolete() {
        assertThat(obsolete(apply(1, "catalog"), apply(2, "catalog"))).containsExactly("0001-apply.yaml");
    }

    @Test
    void whatHasSomethingOfItsOwnStays() {
        assertThat(obsolete(apply(1, "catalog", "orders"), apply(2, "catalog"))).isEmpty();
    }

    @Test
    void aDeletionOfAManifestStays() {
        assertThat(obsolete(apply(1, "catalog"), delete(2, "catalog"))).containsExactly("0001-apply.yaml");
    }

    @Test
    void aDeletionOfWhatWasOnlyAppliedGoesWithIt() {
        assertThat(obsolete(apply(1, "orders"), delete(2, "orders")))
                .containsExactly("0001-apply.yaml", "0002-delete.yaml");
    }

    @Test
    void aDeletionOutlivesAFileThatStaysForAnotherResource() {
        assertThat(obsolete(apply(1, "orders", "payments"), delete(2, "orders")))
                .isEmpty();
    }

    @Test
    void whatTakesBackAWholeFileGoesWithIt() {
        assertThat(obsolete(apply(1, "catalog"), restore(2, "catalog")))
                .containsExactly("0001-apply.yaml", "0002-restore.yaml");
    }

    @Test
    void whatTakesBackOutlivesAFileThatStaysForAnotherResource() {
        assertThat(obsolete(apply(1, "catalog", "orders"), restore(2, "catalog")))
                .isEmpty();
        assertThat(obsolete(apply(1, "catalog", "orders"), restore(2, "catalog"), restore(3, "orders")))
                .containsExactly("0001-apply.yaml", "0002-restore.yaml", "0003-restore.yaml");
    }

    @Test
    void aDeletionIsTakenBackToo() {
        assertThat(obsolete(delete(1, "catalog"), apply(2, "catalog"), restore(3, "catalog")))
                .containsExactly("0001-delete.yaml", "0002-apply.yaml", "0003-restore.yaml");
    }

    private static List<String> obsolete(ManifestFile... overlays) {
        return ObsoleteOverlays.of(BASE, List.of(overlays)).stream()
                .map(ManifestFile::name)
                .toList();
    }

    private static ManifestFile apply(int number, String... names) {
        var text = new StringBuilder();
        for (String name : names) {
            text.append(TestMesh.service(name, 80));
        }
        return new ManifestFile("000" + number + "-apply.yaml", text.toString());
    }

    private static ManifestFile delete(int number, String name) {
        return new ManifestFile("000" + number + "-delete.yaml", OverlayText.deleting(List.of(service(name))));
    }

    private static ManifestFile restore(int number, String name) {
        return new ManifestFile("000" + number + "-restore.yaml", OverlayText.restoring(List.of(service(name))));
    }

    private static ResourceRef service(String name) {
        return new ResourceRef("Service", "default", name);
    }
}
