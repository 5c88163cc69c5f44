package dev.binnacle.prometheus.http;

import dev.binnacle.prometheus.config.TlsOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.Future;

/** Connects to servers step by step, for those who judge a server rather than use it: straight, or through a proxy by CONNECT. */
public final class Dialer {
    private static final int SUCCESS = 2;
    private static final int BUFFER = 1 << 14;

    private final Tls tls;
    private final AddressRule rule;
    private final Watch watch;

    /** @param watch ends what takes too long */
    public Dialer(TlsOptions tls, AddressRule rule, Watch watch) {
        this.tls = new Tls(tls);
        this.rule = rule;
        this.watch = watch;
    }

    /**
     * Connects to a server; what is said over the connection ends with the deadline, too.
     *
     * @param through the proxy; with one it is the proxy who looks the server's name up
     * @throws IOException when there is no connection in time, or none may lead there
     */
    public Dialed dial(boolean secure, String host, int port, Optional<URI> through, Deadline deadline, Steps steps)
            throws IOException {
        var server = new Origin(secure, host, port);
        var first = through.isPresent() ? Origin.of(through.get()) : server;
        requireOrdinary(host);
        steps.begin();
        var address = watch.lookUp(first.host(), deadline).getFirst();
        steps.end(Step.RESOLVE);
        require(address);
        var socket = new Socket();
        watch.opened(socket);
        Future<?> limit = watch.limit(socket, deadline);
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, first.port()), deadline.millisLeft());
            if (through.isPresent()) {
                tunnel(socket, host.indexOf(':') >= 0 ? "[" + host + "]:" + port : host + ":" + port);
            }
            steps.end(Step.CONNECT);
            Socket speaking = socket;
            if (secure) {
                speaking = tls.over(socket, host, port);
                steps.end(Step.TLS);
            }
            return new Dialed(
                    server, new Connection(watch, socket, speaking, BUFFER), speaking, limit, deadline, steps);
        } catch (IOException e) {
            limit.cancel(false);
            watch.closed(socket);
            throw deadline.isOver() ? deadline.exceeded() : e;
        }
    }

    /**
     * Looks at a host whose name somebody else looks up.
     *
     * @throws RefusedAddressException when it is an address that no connection may lead to
     */
    public void requireOrdinary(String host) throws IOException {
        if (isAddress(host)) {
            require(InetAddress.getByName(host));
        }
    }

    /** Reads byte by byte: what comes behind the proxy's answer is the server's. */
    private void tunnel(Socket socket, String authority) throws IOException {
        var asking = new Connection(watch, socket, socket, 1);
        asking.send(Request.connect(authority));
        int status = asking.head().status();
        if (status / 100 != SUCCESS) {
            throw new IOException("the proxy answers " + status);
        }
    }

    private void require(InetAddress address) throws IOException {
        if (!rule.permits(address)) {
            throw new RefusedAddressException(address);
        }
    }

    private static boolean isAddress(String host) {
        return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
    }
}
