/** {@code generator-slo}: rules and alerts from OpenSLO documents. */
@NullMarked
package dev.binnacle.plugin.generators.slo;

import org.jspecify.annotations.NullMarked;
