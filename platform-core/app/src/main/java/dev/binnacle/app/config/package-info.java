/** Every setting, one interface per concern. */
@NullMarked
package dev.binnacle.app.config;

import org.jspecify.annotations.NullMarked;
