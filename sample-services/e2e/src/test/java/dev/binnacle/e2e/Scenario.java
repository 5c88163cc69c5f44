package dev.binnacle.e2e;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The manifests named are in force, and their pods ready, while the tests of a class run. Afterwards they are deleted,
 * and every sidecar must have the listeners, routes and clusters that it had before.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RunningMesh.class)
@ExtendWith(ScenarioExtension.class)
@interface Scenario {
    /** Folders or files within the clone. */
    String[] value();
}
