/** What Alertmanager knows. */
@NullMarked
package dev.binnacle.insight.alert;

import org.jspecify.annotations.NullMarked;
