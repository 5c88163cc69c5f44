package dev.binnacle.prometheus.http;

import java.io.IOException;
import java.net.InetAddress;

/** A connection would lead where none may. */
public final class RefusedAddressException extends IOException {
    private static final long serialVersionUID = 1L;

    RefusedAddressException(InetAddress address) {
        super("connections to " + address.getHostAddress() + " are refused: it is no address of an ordinary server;"
                + " allow it by name when it is meant");
    }
}
