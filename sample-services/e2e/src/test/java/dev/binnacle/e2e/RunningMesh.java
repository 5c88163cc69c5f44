package dev.binnacle.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Starts the whole platform once for all end-to-end classes and stops it after the last.
 *
 * <p>The load generator stays out: the tests compare counters with what they sent themselves.
 */
public final class RunningMesh implements BeforeAllCallback, ParameterResolver {
    static final String SERVICES =
            "istio-ingressgateway,storefront,catalog-v1,catalog-v2,inventory,orders,payments,ledger";

    /**
     * The running instance; JUnit closes it with its root context.
     *
     * @param ingress the URL of the ingress gateway, for plain HTTP
     * @param app the URL of the platform
     */
    private static final Predicate<String> DRAINING =
            line -> line.startsWith("envoy_listener_manager_total_") && line.contains("_draining{");

    public record Instance(Binnacle binnacle, String ingress, String app, Prometheus prometheus)
            implements AutoCloseable {
        static Instance of(Binnacle binnacle) {
            JsonNode status = binnacle.status();
            return new Instance(
                    binnacle,
                    status.at("/ingress/http").asText(),
                    status.at("/app/url").asText(),
                    new Prometheus(status.at("/prometheus/url").asText()));
        }

        @Override
        public void close() {
            if (!isKept()) {
                binnacle.run(Duration.ofSeconds(60), "down").mustSucceed("down");
            }
        }

        /** Returns the sidecars as the app knows them: what each was sent, and whether it has acknowledged. */
        JsonNode proxies() {
            return Binnacle.json(new Traffic().get(app + "/api/v1/mesh/proxies").body());
        }

        /** Returns once another process is the app, and every sidecar is in step with it. */
        void awaitAppInThePlaceOf(long killed) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                JsonNode status = binnacle.status();
                assertThat(status.at("/app/pid").asLong()).isNotEqualTo(killed).isPositive();
                requireInStep(status);
            });
        }

        /**
         * Returns once no Envoy ends connections of before any more. A listener that a case has changed ends idle ones 45 s later, and
         * who uses one in that moment gets a 503 (UC), which says nothing about the case that asks.
         */
        void awaitNothingDrains() {
            var traffic = new Traffic();
            await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                for (JsonNode pod : binnacle.status().get("pods")) {
                    if (!pod.get("sidecar").isNull()) {
                        String page =
                                traffic.get(pod.at("/sidecar/stats").asText()).body();
                        assertThat(page.lines().filter(DRAINING).toList())
                                .as(pod.get("name").asText())
                                .isNotEmpty()
                                .allMatch(line -> line.endsWith(" 0"));
                    }
                }
            });
        }

        /** Fails while a sidecar is not where the app wants it. */
        static void requireInStep(JsonNode status) {
            assertThat(status.get("pods"))
                    .filteredOn(p -> !p.get("sidecar").isNull())
                    .allSatisfy(p -> assertThat(p.at("/sidecar/synced").asBoolean())
                            .as(p.get("name").asText())
                            .isTrue());
        }

        /** Returns where the ingress gateway has its port 443. */
        InetSocketAddress secureIngress() {
            var url = URI.create(binnacle.status().at("/ingress/https").asText());
            return new InetSocketAddress(url.getHost(), url.getPort());
        }

        /** Gives every workload a new certificate. */
        public void rotateCertificates() {
            binnacle.run(Duration.ofSeconds(60), "rotate-certificates").mustSucceed("rotate-certificates");
        }

        public JsonNode pod(String app, String version) {
            return pod(p -> p.get("app").asText().equals(app)
                    && p.get("version").asText().equals(version));
        }

        JsonNode pod(String name) {
            return pod(p -> p.get("name").asText().equals(name));
        }

        private JsonNode pod(Predicate<JsonNode> wanted) {
            JsonNode pods = binnacle.status().get("pods");
            return StreamSupport.stream(pods.spliterator(), false)
                    .filter(wanted)
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no such pod in " + pods.toPrettyString()));
        }
    }

    /** Ends a process of the instance as {@code kill -9} does. */
    static void kill(long pid) {
        assertThat(ProcessHandle.of(pid)
                        .orElseThrow(() -> new AssertionError("no process " + pid))
                        .destroyForcibly())
                .isTrue();
    }

    static Binnacle binnacle() {
        return new Binnacle(
                Path.of(System.getProperty("binnacle.clone", "../..")),
                Path.of(System.getProperty("binnacle.dir", "target/instance")));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        instance(context);
    }

    public static Instance instance(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(RunningMesh.class))
                .computeIfAbsent("instance", key -> start(), Instance.class);
    }

    /** Tells whether the tests use an instance that somebody keeps running: {@code -Dbinnacle.kept=true}. */
    public static boolean isKept() {
        return Boolean.getBoolean("binnacle.kept");
    }

    private static Instance start() {
        Binnacle binnacle = binnacle();
        if (isKept()) {
            return Instance.of(binnacle);
        }
        binnacle.run(Duration.ofSeconds(60), "down");
        binnacle.forgetEarlierRuns();
        binnacle.run(Duration.ofMinutes(10), "up", "--detach", "--only", SERVICES)
                .mustSucceed("up");
        return Instance.of(binnacle);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Instance.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return instance(context);
    }
}
