/**
 * A real Kubernetes API server on loopback, without nodes and controllers: what it admits is stored, and nothing is ever run.
 *
 * <p>{@link dev.binnacle.kubernetes.testkit.NeedsKubernetes} on a test class says that it wants one.
 */
@NullMarked
package dev.binnacle.kubernetes.testkit;

import org.jspecify.annotations.NullMarked;
