package dev.binnacle.local.instance;

import dev.binnacle.local.AtomicFile;
import dev.binnacle.local.ProblemException;
import dev.binnacle.mesh.topology.MeshTopology;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A block of loopback addresses that belongs to one instance until it is closed.
 *
 * <p>The kernel decides who gets it: the owner is whoever listens on the claim port of the block's second address, which
 * holds between users too and ends with the process. A block in which anything still listens is not free, so the
 * children of a launcher that was killed keep theirs.
 */
public final class LoopbackBlock implements AutoCloseable {
    /** The port on {@code base + 1} whose listener owns the block. */
    public static final int CLAIM_PORT = 15099;

    private static final int BITS = 12;

    private final String base;
    private final ServerSocket claim;

    private LoopbackBlock(String base, ServerSocket claim) {
        this.base = base;
        this.claim = claim;
    }

    /**
     * Takes a free block, the one it had last time when that is free.
     *
     * @throws ProblemException when none is free
     */
    public static LoopbackBlock take(Layout layout) throws IOException {
        Path lease = layout.user().cache().resolve("blocks").resolve(layout.id());
        var reasons = new ArrayList<String>();
        for (String base : candidates(lease)) {
            Optional<LoopbackBlock> taken = tryTake(base, reasons);
            if (taken.isPresent()) {
                AtomicFile.write(lease, base + "\n");
                return taken.get();
            }
        }
        throw ProblemException.environment(
                "no block of loopback addresses is free: " + String.join("; ", reasons),
                "Stop another instance with ./binnacle down in its clone.");
    }

    private static List<String> candidates(Path lease) throws IOException {
        var all = IntStream.rangeClosed(1, 15).mapToObj(n -> "127." + n * 16 + ".0.0");
        String last = Files.exists(lease) ? Files.readString(lease).strip() : "";
        return all.sorted((a, b) -> Boolean.compare(b.equals(last), a.equals(last)))
                .toList();
    }

    private static Optional<LoopbackBlock> tryTake(String base, List<String> reasons) throws IOException {
        var claim = new ServerSocket();
        try {
            claim.setReuseAddress(true);
            claim.bind(new InetSocketAddress(MeshTopology.address(base, 1), CLAIM_PORT));
        } catch (IOException e) {
            claim.close();
            reasons.add(base + " has an owner (" + e.getMessage() + ")");
            return Optional.empty();
        }
        if (othersListenIn(base)) {
            claim.close();
            reasons.add(base + " is still used by processes");
            return Optional.empty();
        }
        return Optional.of(new LoopbackBlock(base, claim));
    }

    private static boolean othersListenIn(String base) throws UnknownHostException {
        int own = number(MeshTopology.address(base, 1));
        return ListeningSockets.now().within(number(base), BITS).stream()
                .anyMatch(socket -> socket.address() != own || socket.port() != CLAIM_PORT);
    }

    private static int number(String address) throws UnknownHostException {
        int value = 0;
        for (byte part : InetAddress.getByName(address).getAddress()) {
            value = value << 8 | part & 0xff;
        }
        return value;
    }

    /** Returns the block's first address. */
    public String base() {
        return base;
    }

    /** Returns the launcher's address. */
    public String launcherAddress() {
        return MeshTopology.address(base, 1);
    }

    /** Returns the address of the app's xDS server and of its receiver of OTLP. */
    public String xdsAddress() {
        return MeshTopology.platformAddress(base);
    }

    /** Gives the block back. */
    @Override
    public void close() throws IOException {
        claim.close();
    }
}
