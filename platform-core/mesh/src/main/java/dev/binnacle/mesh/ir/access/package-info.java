/** What a proxy looks at before it lets a request or a connection in. */
@NullMarked
package dev.binnacle.mesh.ir.access;

import org.jspecify.annotations.NullMarked;
