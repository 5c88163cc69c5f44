/** What happens, told to whoever looks: server-sent events. */
@NullMarked
package dev.binnacle.app.events;

import org.jspecify.annotations.NullMarked;
