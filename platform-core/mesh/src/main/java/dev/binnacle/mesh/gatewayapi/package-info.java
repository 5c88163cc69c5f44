/** Kubernetes' Gateway API as manifests have it: Gateway, HTTPRoute and ReferenceGrant, with their shapes and readers. */
@NullMarked
package dev.binnacle.mesh.gatewayapi;

import org.jspecify.annotations.NullMarked;
