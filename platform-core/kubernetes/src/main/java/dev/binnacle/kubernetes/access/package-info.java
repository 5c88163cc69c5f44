/** How the API server is reached. */
@NullMarked
package dev.binnacle.kubernetes.access;

import org.jspecify.annotations.NullMarked;
