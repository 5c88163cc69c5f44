package dev.binnacle.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Which manifests are read, what is assumed beside them, and what is wrong with them. */
class MeshBuilderTest {
    private static final String CATALOG = """
            apiVersion: networking.istio.io/v1
            kind: VirtualService
            metadata: {name: catalog}
            spec:
              hosts: [catalog]
              http:
              - route: [{destination: {host: catalog}}]
            """;
    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: catalog}
            spec:
              selector: {matchLabels: {app: catalog}}
              template:
                metadata: {labels: {app: catalog}}
                spec: {containers: [{name: app, ports: [{name: http, containerPort: 8080}]}]}
            """;

    @Test
    void filesOfAFolderAreRead() {
        Mesh.of(Path.of("src/test/resources/shop"))
                .get("http://catalog/x")
                .from("storefront")
                .byRule("split");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Mesh.of(Path.of("src/none")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no src/none in ");
        assertThatThrownBy(() -> Mesh.of(Path.of("src/test/java")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("there is no .yaml or .yml file in [src/test/java]");
    }

    @Test
    void servicesOfOthersAreAssumed() {
        Mesh.builder()
                .manifest("catalog.yaml", CATALOG)
                .services("catalog:8080", "payments.money:9000")
                .build()
                .get("http://catalog:8080/")
                .from("storefront")
                .goesTo("catalog")
                .reaches("catalog")
                .succeeds();
        assertThatThrownBy(() -> Mesh.builder().services("catalog").build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not catalog");
    }

    @Test
    void callersOfOthersAreNamedOnceSomethingRuns() {
        var builder = Mesh.builder()
                .manifest("catalog.yaml", CATALOG)
                .manifest("deployment.yaml", DEPLOYMENT)
                .services("catalog:8080");
        assertThatThrownBy(() -> builder.build().get("http://catalog:8080/").from("storefront"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("no pod or Deployment is called storefront")
                .hasMessageContaining("@MeshTest(callers = …");
        builder.callers("storefront.web")
                .build()
                .get("http://catalog.default:8080/")
                .from("storefront")
                .goesTo("catalog");
    }

    @Test
    void errorsAreNamedAllAtOnce() {
        var wrong = Mesh.builder()
                .manifest("a.yaml", CATALOG.replace("hosts:", "host:"))
                .manifest(
                        "b.yaml",
                        CATALOG.replace("name: catalog", "name: other").replace("http:", "htp:"));
        assertThatThrownBy(wrong::build)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("a.yaml:5")
                .hasMessageContaining("b.yaml:6");
        assertThat(wrong.allowErrors().build().problems()).hasSizeGreaterThan(1);
    }
}
