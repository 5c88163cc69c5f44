package dev.binnacle.e2e.executed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
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

    @Test
    @Executes({
        "Telemetry spec.accessLogging[].{match.mode,providers[].name,filter.expression,disabled}",
        "MeshConfig extensionProviders[].envoyFileAccessLog.{path,logFormat.text,logFormat.labels,omitEmptyValues}"
    })
    void requestsAreLoggedAsTextAndJson(Case mesh) {
        newConnections(mesh);
        mesh.config("""
                extensionProviders:
                - name: text
                  envoyFileAccessLog:
                    path: /dev/stdout
                    logFormat: {text: "text %REQ(X-CASE)% %RESPONSE_CODE%"}
                - name: json
                  envoyFileAccessLog:
                    omitEmptyValues: true
                    logFormat: {labels: {case: "%REQ(X-CASE)%", agent: "%REQ(USER-AGENT)%", none: "%REQ(X-NONE)%"}}
                """);
        mesh.apply("""
                kind: Telemetry
                metadata: {name: caller}
                spec:
                  selector: {matchLabels: {app: caller}}
                  accessLogging:
                  - match: {mode: CLIENT}
                    providers: [{name: text}, {name: json}]
                    filter: {expression: "request.headers['x-case'] != 'quiet'"}
                  - match: {mode: SERVER}
                    disabled: true
                """);

        mesh.send("GET / x-case: quiet").is(200);
        mesh.send("GET / x-case: one; user-agent: \"}{ [31m").is(200);

        // What a client sends stays one text of one line.
        mesh.logged("caller", "text one 200", "{\"agent\":\"\\\"}{ [31m\",\"case\":\"one\"}");
    }

    @Test
    @Executes("MeshConfig {accessLogFile,accessLogFormat,accessLogEncoding}")
    void theMeshConfigurationAsksForALog(Case mesh) {
        newConnections(mesh);
        mesh.config("""
                accessLogFile: /dev/stdout
                accessLogEncoding: JSON
                accessLogFormat: '{"way": "%PROTOCOL%"}'
                """);

        mesh.send("GET /").is(200);

        mesh.logged("caller", "{\"way\":\"HTTP/1.1\"}");
    }

    @Test
    @Executes({
        "Telemetry spec.tracing[].{match.mode,providers[].name,randomSamplingPercentage,customTags.*.literal.value,customTags.*.header.name,customTags.*.header.defaultValue}",
        "MeshConfig extensionProviders[].opentelemetry.{service,port,http.path,http.timeout,http.headers[].name,http.headers[].value}"
    })
    void spansSayWhatTheirTagsSay(Case mesh) throws IOException {
        newConnections(mesh);
        try (var receiver = new SpanReceiver()) {
            receiver.define(mesh);
            mesh.apply("""
                    kind: Telemetry
                    metadata: {name: caller}
                    spec:
                      selector: {matchLabels: {app: caller}}
                      tracing:
                      - match: {mode: CLIENT}
                        providers: [{name: spans}]
                        randomSamplingPercentage: 100
                        customTags:
                          plan: {header: {name: x-plan, defaultValue: none}}
                          zone: {literal: {value: eu-west}}
                    """);

            var reply = mesh.send("GET /traced x-plan: gold").is(200);
            String trace = reply.seen().get("traceparent").split("-", -1)[1];

            receiver.got("caller.default", "gold", "eu-west", "/traced");
            receiver.gotTrace(trace);
            // The request has the id that the log and the span may name.
            assertThat(reply.seen()).containsKey("x-request-id");
        }
    }

    @Test
    @Executes({
        "Telemetry spec.tracing[].disableSpanReporting",
        "MeshConfig {defaultProviders.tracing,defaultConfig.tracing.sampling,defaultConfig.tracing.customTags.*.literal.value}"
    })
    void theMeshConfigurationSaysWhoGetsSpans(Case mesh) throws IOException {
        newConnections(mesh);
        try (var receiver = new SpanReceiver()) {
            receiver.define(mesh, """
                    defaultProviders: {tracing: [spans]}
                    defaultConfig: {tracing: {sampling: 100, customTags: {zone: {literal: {value: far-east}}}}}
                    """);
            mesh.apply("""
                    kind: Telemetry
                    metadata: {name: caller}
                    spec:
                      selector: {matchLabels: {app: caller}}
                      tracing: [{disableSpanReporting: true}]
                    ---
                    # In the place of the demonstration's, which would say how many.
                    kind: Telemetry
                    metadata: {name: mesh-default, namespace: istio-system}
                    spec: {}
                    """);

            mesh.send("GET /answered").is(200);

            receiver.got("echo.default", "far-east", "/answered");
            receiver.gotNothingOf("caller.default");
        }
    }

    /** A connection of before goes by what was said before. */
    private static void newConnections(Case mesh) {
        mesh.policy("connectionPool: {http: {maxRequestsPerConnection: 1}}");
    }
}
