@NullMarked
package dev.binnacle.xds;

import org.jspecify.annotations.NullMarked;
