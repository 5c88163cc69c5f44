package dev.binnacle.testkit.envoy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;

/**
 * A block of loopback addresses that no other test on this machine uses; those of running instances begin at 127.16.
 *
 * @param base the first address
 */
record LoopbackBlock(String base, ServerSocket mark) implements AutoCloseable {
    private static final List<String> BASES = List.of("127.1.0.0", "127.5.0.0", "127.9.0.0", "127.13.0.0");
    private static final int MARK_PORT = 15999;

    static LoopbackBlock take() {
        for (String base : BASES) {
            try {
                var address = InetAddress.getByName(base.substring(0, base.length() - 1) + 1);
                return new LoopbackBlock(base, new ServerSocket(MARK_PORT, 1, address));
            } catch (IOException e) {
                // Another test has it.
            }
        }
        throw new IllegalStateException(
                "no block of loopback addresses is free: tests with Envoy run in four other JVMs, or"
                        + " this system has no 127.0.0.0/8 (macOS has 127.0.0.1 only)");
    }

    /** Returns an address for what is not in the mesh. */
    String outside() {
        return base.substring(0, base.length() - 1) + 3;
    }

    @Override
    public void close() {
        try {
            mark.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot release " + base, e);
        }
    }
}
