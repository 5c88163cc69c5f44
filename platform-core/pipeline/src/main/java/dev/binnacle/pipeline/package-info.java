@NullMarked
package dev.binnacle.pipeline;

import org.jspecify.annotations.NullMarked;
