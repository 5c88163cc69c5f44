package dev.binnacle.kubernetes.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The tests of this class want a real API server, which they get as a parameter of type {@link ApiServer}: one for all test classes
 * of a run, with what the tests before have left in it.
 *
 * <p>They run in the profile {@code kubernetes} ({@code mvn verify -Pkubernetes}), and are reported as skipped otherwise. In the
 * profile a server that cannot be built or started is a failure.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(KubernetesExtension.class)
public @interface NeedsKubernetes {}
