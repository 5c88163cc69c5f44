package dev.binnacle.plugin.collectors.mesh.istiod;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One type of configuration of one proxy.
 *
 * @param sent when it was sent last; null when it never was, or nobody says when
 * @param error the proxy's own words about why it refuses; empty when it does not
 */
record TypeSync(SyncState state, @Nullable Instant sent, String error) {}
