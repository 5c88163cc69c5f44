/** What proxies are told in secret. */
@NullMarked
package dev.binnacle.mesh.compile.credential;

import org.jspecify.annotations.NullMarked;
