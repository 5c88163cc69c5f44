/** Who may do what. */
@NullMarked
package dev.binnacle.app.security;

import org.jspecify.annotations.NullMarked;
