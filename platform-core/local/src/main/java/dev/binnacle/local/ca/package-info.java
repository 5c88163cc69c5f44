/** The local certificate authority and the certificates it hands to sidecars. */
@NullMarked
package dev.binnacle.local.ca;

import org.jspecify.annotations.NullMarked;
