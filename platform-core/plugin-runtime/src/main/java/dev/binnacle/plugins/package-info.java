@NullMarked
package dev.binnacle.plugins;

import org.jspecify.annotations.NullMarked;
