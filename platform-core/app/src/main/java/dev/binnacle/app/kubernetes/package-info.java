/** The application in a cluster. */
@NullMarked
package dev.binnacle.app.kubernetes;

import org.jspecify.annotations.NullMarked;
