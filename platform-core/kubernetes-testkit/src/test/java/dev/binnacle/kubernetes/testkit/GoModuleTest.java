package dev.binnacle.kubernetes.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GoModuleTest {
    @ParameterizedTest
    @EnumSource
    void everyProgramIsPinned(Program program) {
        var module = new GoModule(program.module());

        assertThat(module.digest()).matches("[0-9a-f]{12}");
    }

    @Test
    void theVersionOfADependencyIsTheOneThatIsRequired() {
        assertThat(new GoModule("kubernetes").version("k8s.io/kubernetes")).matches("v1\\.[0-9]+\\.[0-9]+");
        assertThat(new GoModule("crds").version("istio.io/api")).startsWith("v1.");
    }
}
