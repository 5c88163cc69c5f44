/** What policies make of a proxy: which peers, tokens and requests it lets in. */
@NullMarked
package dev.binnacle.mesh.compile.security;

import org.jspecify.annotations.NullMarked;
