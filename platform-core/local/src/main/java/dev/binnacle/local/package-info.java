@NullMarked
package dev.binnacle.local;

import org.jspecify.annotations.NullMarked;
