/** Which fields a resource has and what becomes of each: the table that decides, and the documentation made from it. */
@NullMarked
package dev.binnacle.mesh.schema;

import org.jspecify.annotations.NullMarked;
