package dev.binnacle.prometheus.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Where a connection may lead. Looked at is the address that is connected to, whatever name or redirect led there: link-local ones, under
 * which clouds serve their machines' credentials, and other addresses of such services are refused unless they are allowed.
 *
 * @param allowed networks such as {@code 169.254.20.0/24}, single addresses among them
 */
public record AddressRule(List<String> allowed) {
    /** Nothing that is special is allowed. */
    public static final AddressRule STANDARD = new AddressRule(List.of());

    /** Services for metadata that have no link-local address: AWS by IPv6, Alibaba, Oracle. */
    private static final Set<String> METADATA = Set.of("fd00:ec2:0:0:0:0:0:254", "100.100.100.200", "192.0.0.192");

    public AddressRule {
        allowed = List.copyOf(allowed);
        allowed.forEach(AddressRule::requireNetwork);
    }

    /** Tells whether connections may lead to {@code address}. */
    public boolean permits(InetAddress address) {
        return !isSpecial(address) || allowed.stream().anyMatch(network -> contains(network, address));
    }

    private static boolean isSpecial(InetAddress address) {
        return address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress()
                || METADATA.contains(address.getHostAddress());
    }

    private static boolean contains(String network, InetAddress address) {
        String[] parts = network.split("/", 2);
        byte[] base = bytes(parts[0]);
        byte[] bytes = address.getAddress();
        if (base.length != bytes.length) {
            return false;
        }
        int bits = parts.length == 1 ? 8 * base.length : Integer.parseInt(parts[1]);
        int whole = bits / 8;
        int mask = 0xff00 >> bits % 8 & 0xff;
        return Arrays.equals(base, 0, whole, bytes, 0, whole)
                && (mask == 0 || (base[whole] & mask) == (bytes[whole] & mask));
    }

    private static void requireNetwork(String network) {
        String[] parts = network.split("/", 2);
        int most = 8 * bytes(parts[0]).length;
        if (parts.length == 2 && !(parts[1].matches("\\d{1,3}") && Integer.parseInt(parts[1]) <= most)) {
            throw new IllegalArgumentException(network + " is not a network such as 169.254.20.0/24");
        }
    }

    private static byte[] bytes(String address) {
        if (!address.matches("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*")) {
            throw new IllegalArgumentException(address + " is not an address");
        }
        try {
            return InetAddress.getByName(address).getAddress();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is not an address", e);
        }
    }
}
