package dev.binnacle.kubernetes.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The commands of docs/install-kubernetes.md, each run as far as it can be without nodes and without other people's registries. */
@NeedsKubernetes
class GuideTest {
    private static final Pattern BLOCK = Pattern.compile("(?s)```\n(.*?)```");

    /** Charts of others, of which only our values can be looked at. */
    private static final Set<String> CHARTS_OF_OTHERS = Set.of(
            "istio/base", "istio/cni", "istio/istiod", "prometheus-community/kube-prometheus-stack", "grafana/grafana");

    static Stream<List<String>> commands() throws IOException {
        String guide = Files.readString(Documents.TOP.resolve("docs/install-kubernetes.md"));
        return BLOCK
                .matcher(guide)
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> !line.isBlank())
                .map(line -> Arrays.asList(line.split(" ")))
                .toList()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("commands")
    void itDoesWhatTheGuideSays(List<String> command, ApiServer server) throws Exception {
        namedFilesAreThere(command);
        switch (command.get(0) + " " + command.get(1)) {
            case "helm install", "helm upgrade" -> rendered(command, server);
            case "kubectl create", "kubectl label" -> taken(command, server);
            case "kubectl auth" -> assertThat(refused(command, server)).contains("no");
            case "helm repo", "helm uninstall", "kubectl delete" -> {} // what they name, the commands before have made
            default -> aKnownWordWithKnownFlags(command, server);
        }
    }

    private static void namedFilesAreThere(List<String> command) {
        for (int i = 1; i < command.size(); i++) {
            if (command.get(i - 1).equals("-f")) {
                assertThat(Documents.TOP.resolve(command.get(i))).isRegularFile();
            }
        }
    }

    private static void rendered(List<String> command, ApiServer server) throws Exception {
        String chart = command.get(3);
        if (CHARTS_OF_OTHERS.contains(chart)) {
            for (int i = 4; i < command.size(); i++) {
                if (command.get(i - 1).equals("-f")) {
                    assertThat(Documents.ofFiles(command.get(i))).hasSize(1);
                }
            }
            return;
        }
        assertThat(Documents.TOP.resolve(chart)).isEqualTo(Chart.FOLDER);
        var values = command.subList(4, command.size()).stream()
                .filter(word -> !word.equals("--reuse-values"))
                .toArray(String[]::new);
        assertThat(new Chart(server).rendered(values)).contains("namespace: shop");
    }

    private static void taken(List<String> command, ApiServer server) throws Exception {
        server.apply("{apiVersion: v1, kind: Namespace, metadata: {name: istio-system}}");
        var arguments = new ArrayList<>(command.subList(1, command.size()));
        arguments.add("--dry-run=server");
        server.apply("{apiVersion: v1, kind: Namespace, metadata: {name: shop}}");
        if (arguments.getFirst().equals("create")) {
            arguments.replaceAll(word -> word.equals("shop") ? "not-there-yet" : word);
        }
        String certificate =
                server.kubeconfig().resolveSibling("certs/apiserver").toString();
        arguments.replaceAll(word -> word.replaceFirst("=tls\\.(crt|key)$", "=" + certificate + ".$1"));
        assertThat(server.kubectl(arguments.toArray(String[]::new))).contains("dry run");
    }

    private static String refused(List<String> command, ApiServer server) throws Exception {
        try {
            return server.kubectl(command.subList(1, command.size()).toArray(String[]::new));
        } catch (CommandFailedException e) {
            return e.getMessage();
        }
    }

    /** Waits and port-forwards need pods; that the command line is one, its help says. */
    private static void aKnownWordWithKnownFlags(List<String> command, ApiServer server) throws Exception {
        switch (command.getFirst()) {
            case "kubectl" -> {
                var help = new ArrayList<>(command.subList(1, command.size()));
                help.add("--help");
                assertThat(server.kubectl(help.toArray(String[]::new))).contains("Usage:");
            }
            case "mvn" ->
                assertThat(Files.readString(Documents.TOP.resolve("pom.xml"))).contains("<name>images.registry</name>");
            default -> fail("no test knows the command " + command);
        }
    }
}
