package dev.binnacle.plugin.collectors.prometheus.discovery;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Tells groups of targets when asked; for one thread at a time. */
interface GroupSource extends AutoCloseable {
    /**
     * Returns the groups as they are now.
     *
     * @throws IOException when nobody knows at the moment: then those of before are taken for what there is
     */
    List<TargetGroup> read() throws IOException;

    /** Returns how long to wait before it is asked again. */
    Duration pause();

    @Override
    void close();
}
