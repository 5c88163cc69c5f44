package dev.binnacle.kubernetes.lease;

import java.io.IOException;
import java.util.Optional;

/** Where the lease is. */
public interface LeaseStore {
    /**
     * Returns the lease; empty when there is none.
     *
     * @throws IOException when the API server does not tell; the message says why
     */
    Optional<LeaseRecord> read() throws IOException;

    /**
     * Writes the lease, unless it was written by somebody else since {@link LeaseRecord#version}.
     *
     * @throws IOException when it is not written, or nobody knows; the message says why
     */
    void write(LeaseRecord record) throws IOException;
}
