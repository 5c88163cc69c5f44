/** What pilot-agent does for a pod: readiness and the merged metrics endpoint. */
@NullMarked
package dev.binnacle.local.agent;

import org.jspecify.annotations.NullMarked;
