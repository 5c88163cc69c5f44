/** What may be in a plugin's zip: judged before anything of it is loaded, and before a byte lands outside the plugin's folder. */
@NullMarked
package dev.binnacle.plugins.supply;

import org.jspecify.annotations.NullMarked;
