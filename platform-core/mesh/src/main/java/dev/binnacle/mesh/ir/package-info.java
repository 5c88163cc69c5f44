/** The intermediate form: what each proxy does, in JDK types only, every node with its origin. */
@NullMarked
package dev.binnacle.mesh.ir;

import org.jspecify.annotations.NullMarked;
