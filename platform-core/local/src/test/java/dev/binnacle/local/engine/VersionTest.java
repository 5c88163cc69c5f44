package dev.binnacle.local.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionTest {
    @ParameterizedTest
    @CsvSource({
        "'prometheus, version 2.42.0+ds (branch: debian/sid)', 2.42.0",
        "'envoy  version: 9e55/1.40.0/Clean/RELEASE', 1.40.0",
        "'alertmanager, version v0.28.1', 0.28.1",
        "'Chromium 156.0.8078.79 built on Debian GNU/Linux 12 (bookworm)', 156.0.8078",
    })
    void theFirstVersionOfTheOutputCounts(String output, String expected) {
        assertThat(Version.in(output.replace('/', ' '))).map(Version::toString).contains(expected);
    }

    @Test
    void versionsAreOrderedByNumbers() {
        assertThat(List.of(Version.of(1, 9, 0), Version.of(1, 40, 0)).stream().max(Version::compareTo))
                .contains(Version.of(1, 40, 0));
    }

    @Test
    void aTextWithoutOneHasNone() {
        assertThat(Version.in("command not found")).isEmpty();
    }
}
