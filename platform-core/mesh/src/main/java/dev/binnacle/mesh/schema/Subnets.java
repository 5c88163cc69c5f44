package dev.binnacle.mesh.schema;

import com.google.re2j.Pattern;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Blocks of addresses. */
public final class Subnets {
    private static final Pattern LITERAL =
            Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}\\.[0-9]{1,3}|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    private Subnets() {}

    /** Tells whether {@code text} is an IP address. */
    static boolean isAddress(String text) {
        return bytes(text).isPresent();
    }

    static boolean isSubnet(String text) {
        return canonical(text).isPresent();
    }

    /** Returns {@code address/length} with the bits behind the length cleared; empty when {@code text} is no block. */
    public static Optional<String> canonical(String text) {
        int slash = text.indexOf('/');
        return bytes(slash < 0 ? text : text.substring(0, slash)).flatMap(bytes -> {
            int most = bytes.length * 8;
            String written = slash < 0 ? String.valueOf(most) : text.substring(slash + 1);
            int length = LENGTH.matches(written) ? Integer.parseInt(written) : most + 1;
            return length > most ? Optional.empty() : Optional.of(masked(bytes, length) + "/" + length);
        });
    }

    private static Optional<byte[]> bytes(String address) {
        if (!LITERAL.matches(address)) {
            return Optional.empty();
        }
        try {
            // A literal is never looked up.
            return Optional.of(InetAddress.getByName(address).getAddress());
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static String masked(byte[] bytes, int length) {
        var result = Arrays.copyOf(bytes, bytes.length);
        for (int i = 0; i < result.length; i++) {
            int kept = Math.clamp(length - i * 8L, 0, 8);
            result[i] = (byte) (result[i] & 0xff << 8 - kept);
        }
        try {
            return InetAddress.getByAddress(result).getHostAddress();
        } catch (UnknownHostException e) {
            throw new IllegalStateException("the length of an address is kept", e);
        }
    }
}
