/** Which proxy tells what about the traffic it carries. */
@NullMarked
package dev.binnacle.mesh.compile.telemetry;

import org.jspecify.annotations.NullMarked;
