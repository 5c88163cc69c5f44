package dev.binnacle.e2e.executed;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The fields whose effect a case checks, as {@code docs/istio-support.md} writes them after their kind: {@code
 * "VirtualService spec.http[].match[].uri.{exact,prefix}"} are two. What it applies must hold them all.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Executes {
    String[] value();
}
