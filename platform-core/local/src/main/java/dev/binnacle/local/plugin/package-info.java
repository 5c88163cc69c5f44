/** What authors of plugins need: a project to begin with, the SPI to compile against. */
@NullMarked
package dev.binnacle.local.plugin;

import org.jspecify.annotations.NullMarked;
