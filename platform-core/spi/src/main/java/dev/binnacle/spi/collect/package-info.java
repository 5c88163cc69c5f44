/** Collectors: extensions that report what they see (collectors proper) or what others send them (receivers). */
@NullMarked
package dev.binnacle.spi.collect;

import org.jspecify.annotations.NullMarked;
