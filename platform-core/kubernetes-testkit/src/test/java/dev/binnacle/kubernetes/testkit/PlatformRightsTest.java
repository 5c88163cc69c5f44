package dev.binnacle.kubernetes.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the chart lets the platform do, as the API server's own RBAC sees it. */
@NeedsKubernetes
class PlatformRightsTest {
    private Path platform;

    @BeforeEach
    void install(ApiServer server) throws Exception {
        server.installCustomResources();
        for (String namespace : List.of("shop", "istio-system", "elsewhere")) {
            server.apply("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + "}}");
        }
        server.apply(new Chart(server).rendered("--show-only", "templates/platform.yaml"));
        platform = server.kubeconfig("shop", "binnacle");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list pods -A",
                "watch deployments.apps -A",
                "list virtualservices.networking.istio.io -A",
                "watch endpointslices.discovery.k8s.io -A",
                "patch configmaps -n shop",
                "patch prometheusrules.monitoring.coreos.com -n shop",
                "update leases.coordination.k8s.io/binnacle-leader -n shop",
                "list configmaps/istio -n istio-system"
            })
    void itMay(String what, ApiServer server) throws Exception {
        assertThat(asked(server, what)).isEqualTo("yes\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "list secrets -A",
                "get secrets -n shop",
                "delete pods -n shop",
                "patch deployments.apps -n shop",
                "patch virtualservices.networking.istio.io -n shop",
                "create pods/exec -n shop",
                "patch configmaps -n elsewhere",
                "patch configmaps/istio -n istio-system",
                "list configmaps -n elsewhere",
                "patch prometheusrules.monitoring.coreos.com -n elsewhere",
                "update leases.coordination.k8s.io/another -n shop",
                "create clusterrolebindings.rbac.authorization.k8s.io -A",
                "create serviceaccounts/token -n shop"
            })
    void itMayNot(String what, ApiServer server) {
        assertThatThrownBy(() -> asked(server, what)).hasMessageEndingWith("no\n");
    }

    @Test
    void whatItIsRefusedItCannotDo(ApiServer server) throws Exception {
        assertThat(server.kubectl("--kubeconfig", platform.toString(), "get", "pods", "-A"))
                .isEmpty();
        assertThatThrownBy(() -> server.kubectl("--kubeconfig", platform.toString(), "get", "secrets", "-n", "shop"))
                .hasMessageContaining("forbidden");
    }

    private String asked(ApiServer server, String what) throws Exception {
        var arguments = new ArrayList<>(List.of("--kubeconfig", platform.toString(), "auth", "can-i"));
        arguments.addAll(List.of(what.split(" ")));
        return server.kubectl(arguments.toArray(String[]::new));
    }
}
