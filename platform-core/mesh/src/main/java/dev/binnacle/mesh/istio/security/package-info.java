/** Istio's security resources as written: who may come in, by which token, over which kind of connection. */
@NullMarked
package dev.binnacle.mesh.istio.security;

import org.jspecify.annotations.NullMarked;
