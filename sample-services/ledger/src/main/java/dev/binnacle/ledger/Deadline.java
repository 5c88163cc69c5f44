package dev.binnacle.ledger;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;

/**
 * The moment by which a connection must have made progress. Closing the socket is the only thing that ends a blocked
 * read and a blocked write alike, so one watchman looks at all deadlines and closes what is late.
 */
final class Deadline {
    private final Closeable connection;
    private volatile long at;

    Deadline(Closeable connection, Duration patience) {
        this.connection = connection;
        extend(patience);
    }

    /** Gives the connection {@code patience} from now. */
    void extend(Duration patience) {
        at = System.nanoTime() + patience.toNanos();
    }

    /** Closes the connection if its time is over, and returns whether it was. */
    boolean enforce() {
        if (System.nanoTime() - at < 0) {
            return false;
        }
        try {
            connection.close();
        } catch (IOException e) {
            // It is gone either way.
        }
        return true;
    }
}
