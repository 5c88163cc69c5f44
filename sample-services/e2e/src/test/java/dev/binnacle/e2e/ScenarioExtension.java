package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Applies what {@link Scenario} names, deletes it, and compares the mesh before and after. */
final class ScenarioExtension implements BeforeAllCallback, AfterAllCallback {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern DEPLOYMENT = Pattern.compile("(?m)^Deployment [^/]+/(\\S+) (applied$|restored to )");

    @Override
    public void beforeAll(ExtensionContext context) {
        RunningMesh.Instance mesh = RunningMesh.instance(context);
        store(context).put("before", sent(mesh));
        run(mesh, "apply", context);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        RunningMesh.Instance mesh = RunningMesh.instance(context);
        run(mesh, "delete", context);
        await("the mesh as it was")
                .atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(sent(mesh)).isEqualTo(store(context).get("before")));
    }

    private static void run(RunningMesh.Instance mesh, String verb, ExtensionContext context) {
        var command = new ArrayList<>(List.of(verb));
        for (String manifests :
                context.getRequiredTestClass().getAnnotation(Scenario.class).value()) {
            command.addAll(List.of("-f", manifests));
        }
        var pods = new Pods(mesh);
        String done = mesh.binnacle()
                .run(PATIENCE, command.toArray(String[]::new))
                .mustSucceed(String.join(" ", command))
                .out();
        DEPLOYMENT.matcher(done).results().forEach(found -> pods.awaitNew(found.group(1), PATIENCE));
    }

    /** What each sidecar was sent, as versions made from content. Endpoints are left out: they follow the pods. */
    private static Map<String, List<String>> sent(RunningMesh.Instance mesh) {
        var versions = new TreeMap<String, List<String>>();
        for (JsonNode proxy : mesh.proxies()) {
            JsonNode types = proxy.get("types");
            versions.put(
                    proxy.get("proxy").asText(),
                    List.of(
                            types.at("/listeners/version").asText(),
                            types.at("/routes/version").asText(),
                            types.at("/clusters/version").asText()));
        }
        return versions;
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(ScenarioExtension.class));
    }
}
