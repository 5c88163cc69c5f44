package dev.binnacle.app.traces;

import static io.restassured.RestAssured.given;
import static io.restassured.RestAssured.when;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import dev.binnacle.app.AppInstance;
import dev.binnacle.pipeline.trace.TraceLimits;
import dev.binnacle.spi.model.Span;
import dev.binnacle.spi.model.SpanContext;
import dev.binnacle.spi.model.SpanKind;
import dev.binnacle.spi.model.SpanStatus;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.runtime.configuration.MemorySizeConverter;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(AppInstance.class)
class TracesResourceTest {
    private static final String FIRST = "0af7651916cd43dd8448eb211c80319c";
    private static final String SECOND = "1af7651916cd43dd8448eb211c80319c";

    @Inject
    Traces traces;

    @BeforeEach
    void fill() {
        traces.store()
                .add(List.of(
                        span(FIRST, 1, 0, "storefront", SpanStatus.UNSET),
                        span(FIRST, 2, 1, "catalog", new SpanStatus(SpanStatus.Code.ERROR, "no answer")),
                        span(SECOND, 1, 0, "orders", SpanStatus.UNSET)));
    }

    @Test
    void tracesAreListedTheNewestFirstAndFiltered() {
        when().get("/api/v1/traces?limit=2")
                .then()
                .statusCode(200)
                .body("traces.id", equalTo(List.of(FIRST, SECOND)))
                .body("traces[0].service", equalTo("storefront"))
                .body("traces[0].name", equalTo("span 1"))
                .body("traces[0].durationMs", equalTo(11.5f))
                .body("traces[0].spans", equalTo(2))
                .body("traces[0].errors", equalTo(1))
                .body("traces[0].services", equalTo(List.of("catalog", "storefront")));
        found("service", "catalog", FIRST);
        found("status", "error", FIRST);
        found("status", "ok", SECOND);
        found("minDuration", "11ms", FIRST);
        found("minDuration", "0.0106s", FIRST);
    }

    private static void found(String parameter, String value, String id) {
        given().queryParam(parameter, value)
                .get("/api/v1/traces")
                .then()
                .statusCode(200)
                .body("traces.id", hasItem(id))
                .body("traces.id", not(hasItem(id.equals(FIRST) ? SECOND : FIRST)));
    }

    @Test
    void aTraceIsATree() {
        when().get("/api/v1/traces/" + FIRST)
                .then()
                .statusCode(200)
                .body("trace.id", equalTo(FIRST))
                .body("roots.size()", equalTo(1))
                .body("roots[0]", not(hasKey("parent")))
                .body("roots[0].service", equalTo("storefront"))
                .body("roots[0].kind", equalTo("server"))
                .body("roots[0].offsetMs", equalTo(0f))
                .body("roots[0].children[0].id", equalTo("%016x".formatted(2)))
                .body("roots[0].children[0].parent", equalTo("%016x".formatted(1)))
                .body("roots[0].children[0].offsetMs", equalTo(1f))
                .body("roots[0].children[0].status", equalTo("error"))
                .body("roots[0].children[0].message", equalTo("no answer"))
                .body("roots[0].children[0].attributes.n", equalTo("2"));
    }

    @Test
    void aLongChainIsShownToo() {
        String id = "2af7651916cd43dd8448eb211c80319c";
        traces.store()
                .add(IntStream.rangeClosed(1, 1_999)
                        .mapToObj(i -> span(id, i, i - 1, "chain", SpanStatus.UNSET))
                        .toList());
        when().get("/api/v1/traces/" + id).then().statusCode(200).body("roots.size()", equalTo(20));
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/traces/xyz, 400, A trace's id is 32",
        "/api/v1/traces/0AF7651916CD43DD8448EB211C80319C, 400, A trace's id is 32",
        "/api/v1/traces/00000000000000000000000000000000, 400, A trace's id is 32",
        "/api/v1/traces/ffffffffffffffffffffffffffffffff, 404, Trace ffffffff",
        "/api/v1/traces?limit=0, 400, limit is a number from 1 to 1000",
        "/api/v1/traces?limit=1001, 400, limit is",
        "/api/v1/traces?limit=many, 400, limit is",
        "/api/v1/traces?status=bad, 400, status is error or ok",
        "/api/v1/traces?minDuration=5, 400, minDuration is",
        "/api/v1/traces?minDuration=99999999999s, 400, minDuration is",
    })
    void aQuestionThatIsNoneIsAProblemDocument(String path, int status, String detail) {
        when().get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("detail", startsWith(detail));
    }

    @Test
    void theAccountIsMetricsAndTheApiDescribesItself() {
        when().get("/q/metrics")
                .then()
                .body(containsString("binnacle_traces_kept "))
                .body(containsString("binnacle_traces_evicted_total 0.0"))
                .body(containsString("binnacle_traces_received_spans_total "));
        given().queryParam("format", "json")
                .get("/q/openapi")
                .then()
                .body("paths", hasKey("/api/v1/traces"))
                .body("paths", hasKey("/api/v1/traces/{id}"));
    }

    @Test
    void limitsHaveDefaultsAndKeys() {
        assertThat(limits(Map.of())).isEqualTo(new TraceLimits(5_000, 24 << 20, 2_000));
        assertThat(limits(Map.of(
                        "binnacle.traces.count", "10",
                        "binnacle.traces.memory", "1M",
                        "binnacle.traces.spans-of-trace", "7")))
                .isEqualTo(new TraceLimits(10, 1 << 20, 7));
    }

    private static TraceLimits limits(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withConverter(MemorySize.class, 200, new MemorySizeConverter())
                .withMapping(TracesConfig.class)
                .build()
                .getConfigMapping(TracesConfig.class)
                .limits();
    }

    private static Span span(String trace, int number, int parent, String service, SpanStatus status) {
        return new Span(
                new SpanContext(trace, "%016x".formatted(number)),
                parent == 0 ? "" : "%016x".formatted(parent),
                SpanKind.SERVER,
                "span " + number,
                Instant.parse(trace.equals(FIRST) ? "2026-01-02T00:00:00Z" : "2026-01-01T00:00:00Z")
                        .plusMillis(number - 1),
                Duration.ofNanos(10_500_000),
                status,
                Map.of("n", Integer.toString(number)),
                List.of(),
                List.of(),
                Map.of("service.name", service));
    }
}
