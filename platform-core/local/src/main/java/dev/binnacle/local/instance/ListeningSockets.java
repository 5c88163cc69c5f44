package dev.binnacle.local.instance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Every listening socket of the machine that IPv4 clients reach, whoever owns it, as Linux lists them.
 *
 * <p>Java's sockets are IPv6 sockets with IPv4 addresses mapped into them, so both tables count.
 */
public final class ListeningSockets {
    private static final List<Path> TABLES = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
    private static final String LISTEN = "0A";
    private static final String MAPPED = "0000000000000000FFFF0000";
    private static final String ANY_6 = "0".repeat(32);

    private final List<Socket> sockets;

    private ListeningSockets(List<Socket> sockets) {
        this.sockets = List.copyOf(sockets);
    }

    /**
     * One listening socket.
     *
     * @param address the IPv4 address as a number
     * @param inode how the kernel names the socket in {@code /proc/PID/fd}
     */
    public record Socket(int address, int port, String inode) {}

    /** Returns the sockets of this moment; none where the system has no such tables. */
    public static ListeningSockets now() {
        return parse(TABLES.stream().flatMap(ListeningSockets::lines).toList());
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.isReadable(table) ? Files.readAllLines(table).stream() : Stream.empty();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    static ListeningSockets parse(List<String> lines) {
        return new ListeningSockets(lines.stream()
                .map(line -> line.strip().split("\\s+", -1))
                .filter(fields -> fields.length > 9 && fields[3].equals(LISTEN))
                .flatMap(fields -> socket(fields[1], fields[9]).stream())
                .toList());
    }

    private static Optional<Socket> socket(String local, String inode) {
        int colon = local.indexOf(':');
        String address = local.substring(0, colon);
        boolean reachable = address.length() == 8 || address.startsWith(MAPPED) || address.equals(ANY_6);
        if (!reachable) {
            return Optional.empty();
        }
        int ipv4 = Integer.reverseBytes(Integer.parseUnsignedInt(address.substring(address.length() - 8), 16));
        return Optional.of(new Socket(ipv4, Integer.parseInt(local.substring(colon + 1), 16), inode));
    }

    /** Returns those on an address of {@code prefix}/{@code bits}. */
    public List<Socket> within(int prefix, int bits) {
        int mask = -1 << (32 - bits);
        return sockets.stream()
                .filter(socket -> (socket.address() & mask) == (prefix & mask))
                .toList();
    }

    /** Returns the socket that listens on {@code port} of every address. */
    public Optional<Socket> onAnyAddress(int port) {
        return sockets.stream()
                .filter(socket -> socket.port() == port && socket.address() == 0)
                .findFirst();
    }
}
