/** What generators make, as objects of the cluster: applied, and taken away again, where they are the platform's own. */
@NullMarked
package dev.binnacle.kubernetes.apply;

import org.jspecify.annotations.NullMarked;
