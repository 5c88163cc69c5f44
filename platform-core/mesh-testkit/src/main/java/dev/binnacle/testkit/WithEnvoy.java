package dev.binnacle.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Sends every request of a class or method of a {@link MeshTest} through a real Envoy too, and fails where Envoy does
 * otherwise than was worked out. Where there is no Envoy such tests are skipped; with {@code CI} set they fail.
 */
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface WithEnvoy {}
