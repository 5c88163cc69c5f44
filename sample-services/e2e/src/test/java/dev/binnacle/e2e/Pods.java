package dev.binnacle.e2e;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Tells pods that came later, or were started anew, from those that were there. */
final class Pods {
    private final RunningMesh.Instance mesh;
    private final Traffic traffic = new Traffic();
    private final Set<Long> known;

    Pods(RunningMesh.Instance mesh) {
        this.mesh = mesh;
        this.known = pods().map(p -> p.get("pid").asLong()).collect(Collectors.toSet());
    }

    /** Returns once a pod of {@code deployment} that was not there is ready, and every sidecar may send to it. */
    void awaitNew(String deployment, Duration patience) {
        await("a new pod of " + deployment)
                .atMost(patience)
                .until(() -> pods().anyMatch(p -> p.get("name").asText().matches(deployment + "-\\d+")
                        && !known.contains(p.get("pid").asLong())
                        && p.get("ready").asBoolean()
                        && pods().allMatch(caller -> mayCall(caller, p))));
    }

    private boolean mayCall(JsonNode caller, JsonNode pod) {
        if (caller.get("sidecar").isNull()) {
            return true;
        }
        String service = "||%s.%s.svc.cluster.local::"
                .formatted(pod.get("app").asText(), pod.get("namespace").asText());
        String clusters =
                traffic.get(caller.at("/sidecar/admin").asText() + "/clusters").body();
        return !clusters.contains(service)
                || clusters.contains(service + pod.get("podIp").asText() + ":");
    }

    private Stream<JsonNode> pods() {
        return StreamSupport.stream(mesh.binnacle().status().get("pods").spliterator(), false);
    }
}
