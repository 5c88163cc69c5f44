package dev.binnacle.kubernetes.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The role says what the platform reads, and no more. */
class RightsTest {
    @Test
    void theRoleIsForWhatIsWatchedInAllNamespaces() throws IOException {
        var watched = new TreeSet<String>();
        Stream.of(
                        ClusterKinds.MANIFESTS,
                        ClusterKinds.WORKLOADS,
                        List.of(ClusterKinds.PODS, ClusterKinds.ENDPOINT_SLICES, ClusterKinds.EVENTS))
                .flatMap(List::stream)
                .forEach(kind -> watched.add(kind.resource()));

        assertThat(granted("ClusterRole")).isEqualTo(watched);
    }

    @Test
    void noRoleLetsItReadSecretsOrWriteElsewhere() throws IOException {
        String text = Files.readString(file());

        assertThat(text).doesNotContain("secrets").doesNotContain("\"*\"").doesNotContain("'*'");
        assertThat(verbs("ClusterRole")).containsExactly("list", "watch");
    }

    private static TreeSet<String> granted(String kind) throws IOException {
        var granted = new TreeSet<String>();
        for (var rule : rules(kind)) {
            for (Object group : (List<?>) rule.get("apiGroups")) {
                ((List<?>) rule.get("resources"))
                        .forEach(resource ->
                                granted.add(group.equals("") ? resource.toString() : resource + "." + group));
            }
        }
        return granted;
    }

    private static TreeSet<String> verbs(String kind) throws IOException {
        var verbs = new TreeSet<String>();
        rules(kind).forEach(rule -> ((List<?>) rule.get("verbs")).forEach(verb -> verbs.add(verb.toString())));
        return verbs;
    }

    private static List<Map<?, ?>> rules(String kind) throws IOException {
        var documents = new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(Files.readString(file()));
        return StreamSupport.stream(documents.spliterator(), false)
                .map(document -> (Map<?, ?>) document)
                .filter(document -> kind.equals(document.get("kind")))
                .flatMap(document -> ((List<?>) document.get("rules")).stream())
                .<Map<?, ?>>map(rule -> (Map<?, ?>) rule)
                .toList();
    }

    private static Path file() {
        return Path.of("src/main/kubernetes/rbac.yaml");
    }
}
