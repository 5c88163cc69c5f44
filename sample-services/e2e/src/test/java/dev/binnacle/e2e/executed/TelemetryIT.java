package dev.binnacle.e2e.executed;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What sidecars tell about requests, and to whom. */
@ExtendWith(ExecutedMesh.class)
class TelemetryIT {
    private static final String REQUESTS = "istio_requests_total";

    @Test
    @Executes({
        "Telemetry spec.selector.matchLabels",
        "Telemetry spec.metrics[].providers[].name",
        "Telemetry spec.metrics[].overrides[].match.{metric,mode}",
        "Telemetry spec.metrics[].overrides[].tagOverrides.*.{operation,value}"
    })
    void aTagIsWhatAHeaderSays(Case mesh) {
        newConnections(mesh);
        mesh.apply("""
                kind: Telemetry
                metadata: {name: plans}
                spec:
                  selector: {matchLabels: {app: echo}}
                  metrics:
                  - providers: [{name: prometheus}]
                    overrides:
                    - match: {metric: REQUEST_COUNT, mode: SERVER}
                      tagOverrides:
                        plan: {value: "request.headers['x-plan'] == 'gold' ? 'gold' : 'other'"}
                        port: {operation: UPSERT, value: string(destination.port)}
                        response_flags: {operation: REMOVE}
                """);

        mesh.send("GET / x-plan: gold").is(200);
        mesh.send("GET / x-plan: silver").is(200);
        mesh.send("GET /").is(200);

        // Without the header the expression fails, and Istio says so in one word.
        mesh.labelled(REQUESTS, "destination", "plan", "1x gold", "1x other", "1x unknown");
        mesh.labelled(REQUESTS, "destination", "port", "3x 8080");
        mesh.labelled(REQUESTS, "destination", "response_flags", "3x none");
        mesh.labelled(REQUESTS, "source", "plan", "3x none");
    }

    @Test
    @Executes("Telemetry spec.metrics[].overrides[].{disabled,match.metric}")
    void metricsAreSwitchedOffForOneSide(Case mesh) {
        newConnections(mesh);
        mesh.apply("""
                kind: Telemetry
                metadata: {name: quiet}
                spec:
                  selector: {matchLabels: {app: echo}}
                  metrics:
                  - overrides:
                    - {match: {metric: REQUEST_COUNT, mode: SERVER}, disabled: true}
                    - {match: {metric: TCP_OPENED_CONNECTIONS, mode: SERVER}, disabled: true}
                """);

        mesh.send("GET /").is(200);

        mesh.labelled("istio_request_duration_milliseconds_count", "destination", "response_code", "1x 200");
        mesh.labelled(REQUESTS, "source", "response_code", "1x 200");
        mesh.labelled(REQUESTS, "destination", "response_code");
    }

    @Test
    @Executes({"MeshConfig extensionProviders[].{name,prometheus}", "MeshConfig defaultProviders.metrics"})
    void theMeshConfigurationSaysWhoCollectsMetrics(Case mesh) {
        newConnections(mesh);
        mesh.config("""
                extensionProviders: [{name: own, prometheus: {}}]
                defaultProviders: {metrics: []}
                """);
        mesh.apply("""
                kind: Telemetry
                metadata: {name: caller}
                spec:
                  selector: {matchLabels: {app: caller}}
                  metrics: [{providers: [{name: own}]}]
                """);

        mesh.send("GET /").is(200);

        mesh.labelled(REQUESTS, "source", "response_code", "1x 200");
        mesh.labelled(REQUESTS, "destination", "response_code");
    }

    /** A connection of before goes by what was said before. */
    private static void newConnections(Case mesh) {
        mesh.policy("connectionPool: {http: {maxRequestsPerConnection: 1}}");
    }
}
