@NullMarked
package dev.binnacle.app;

import org.jspecify.annotations.NullMarked;
