/** The images are what manifests say of them, and run as a restricted cluster would run them. */
@NullMarked
package dev.binnacle.images;

import org.jspecify.annotations.NullMarked;
