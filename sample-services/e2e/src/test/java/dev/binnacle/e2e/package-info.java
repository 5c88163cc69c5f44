/** The running platform, driven from outside: what a person sees when they clone it and type {@code ./binnacle up}. */
@NullMarked
package dev.binnacle.e2e;

import org.jspecify.annotations.NullMarked;
