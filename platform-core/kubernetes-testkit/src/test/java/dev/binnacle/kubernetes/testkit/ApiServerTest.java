package dev.binnacle.kubernetes.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

@NeedsKubernetes
class ApiServerTest {
    @Test
    void itIsTheVersionThatIsPinned(ApiServer server) throws Exception {
        String pinned = new GoModule("kubernetes").version("k8s.io/kubernetes");

        assertThat(server.kubectl("get", "--raw", "/version")).contains("\"gitVersion\": \"" + pinned + "\"");
    }

    @Test
    void itRefusesAFieldThatIsUnknownToIstio(ApiServer server) throws Exception {
        server.installCustomResources();

        assertThat(server.apply(virtualService("hosts: [catalog]"))).contains("serverside-applied");
        assertThatThrownBy(() -> server.apply(virtualService("hots: [catalog]")))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("spec.hots: field not declared in schema");
    }

    @Test
    void itRefusesAPodThatIsNotRestricted(ApiServer server) throws Exception {
        server.apply("""
                apiVersion: v1
                kind: Namespace
                metadata: {name: guarded, labels: {pod-security.kubernetes.io/enforce: restricted}}
                """);

        assertThatThrownBy(() -> server.apply("""
                apiVersion: v1
                kind: Pod
                metadata: {name: a, namespace: guarded}
                spec: {containers: [{name: a, image: a}]}
                """)).hasMessageContaining("violates PodSecurity \"restricted:latest\"");
    }

    @Test
    void aServiceAccountMayDoWhatItIsAllowedTo(ApiServer server) throws Exception {
        server.apply("""
                apiVersion: v1
                kind: ServiceAccount
                metadata: {name: reader, namespace: default}
                """);
        String config = server.kubeconfig("default", "reader").toString();

        assertThatThrownBy(() -> server.kubectl("--kubeconfig", config, "get", "pods"))
                .hasMessageContaining("User \"system:serviceaccount:default:reader\" cannot list resource \"pods\"");
    }

    @Test
    void whatItHasStoredOutlivesIt(ApiServer server) throws Exception {
        server.kubectl("create", "configmap", "kept");
        server.kill();
        assertThatThrownBy(() -> server.kubectl("get", "configmap", "kept")).hasMessageContaining("refused");
        server.startAgain();

        assertThat(server.kubectl("get", "configmap", "kept", "-o", "name")).isEqualTo("configmap/kept\n");
    }

    private static String virtualService(String spec) {
        return """
                apiVersion: networking.istio.io/v1
                kind: VirtualService
                metadata: {name: catalog, namespace: default}
                spec: {%s, http: [{route: [{destination: {host: catalog}}]}]}
                """.formatted(spec);
    }
}
