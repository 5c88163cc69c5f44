package dev.binnacle.local.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpositionTest {
    private static final String APPLICATION = """
            # HELP jvm_threads Threads.
            # TYPE jvm_threads gauge
            jvm_threads 12.0
            # TYPE http_seconds histogram
            http_seconds_bucket{le="0.1"} 1
            http_seconds_sum 0.05
            http_seconds_count 1
            bare_metric{a="b"} 3
            # EOF
            """;

    @Test
    void familiesAreNamedWithTheirSamples() {
        assertThat(Exposition.families(APPLICATION))
                .containsExactlyInAnyOrder("jvm_threads", "http_seconds", "bare_metric");
    }

    @Test
    void aTakenFamilyGoesWithItsHeadersAndAllItsSamples() {
        var rest = Exposition.without(Set.of("http_seconds"), APPLICATION);

        assertThat(rest.dropped()).containsExactly("http_seconds");
        assertThat(rest.text()).isEqualTo("""
                        # HELP jvm_threads Threads.
                        # TYPE jvm_threads gauge
                        jvm_threads 12.0
                        bare_metric{a="b"} 3
                        """);
    }
}
