package dev.binnacle.e2e.executed;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/**
 * A real TLS client: asks a server for a host, verifies what it shows, and sends one request.
 *
 * @param protocols versions of TLS to offer; empty for all
 * @param ciphers to offer; empty for all
 */
public record TlsClient(SSLContext context, InetSocketAddress server, List<String> protocols, List<String> ciphers) {
    private static final int PATIENCE = 20_000;

    /**
     * What came of it.
     *
     * @param status 0 when the connection was refused
     * @param subject the server's certificate's; empty when there was no handshake
     * @param session {@code TLSv1.3 TLS_AES_128_GCM_SHA256}
     * @param reason why it was refused
     */
    public record Outcome(int status, String subject, String serial, String session, String reason) {
        private static Outcome refused(String reason) {
            return new Outcome(0, "", "", "", reason);
        }
    }

    public TlsClient(SSLContext context, InetSocketAddress server) {
        this(context, server, List.of(), List.of());
    }

    TlsClient only(String protocol) {
        return new TlsClient(context, server, List.of(protocol), ciphers);
    }

    TlsClient cipher(String cipher) {
        return new TlsClient(context, server, List.of("TLSv1.2"), List.of(cipher));
    }

    /** Asks for the host's first page. */
    public Outcome get(String host) {
        return get(host, "/");
    }

    /** Asks for a page of the host. */
    public Outcome get(String host, String path) {
        try (var plain = new Socket()) {
            plain.setSoTimeout(PATIENCE);
            plain.connect(server, PATIENCE);
            try (var socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, host, server.getPort(), true)) {
                return ask(socket, host, path);
            }
        } catch (SSLException e) {
            return Outcome.refused(reasons(e));
        } catch (IOException e) {
            return Outcome.refused("closed: " + e.getMessage());
        }
    }

    private static String reasons(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause)
                .map(Throwable::toString)
                .collect(Collectors.joining("; "));
    }

    private Outcome ask(SSLSocket socket, String host, String path) throws IOException {
        var parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        if (!protocols.isEmpty()) {
            parameters.setProtocols(protocols.toArray(String[]::new));
        }
        if (!ciphers.isEmpty()) {
            parameters.setCipherSuites(ciphers.toArray(String[]::new));
        }
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        String request = "GET " + path + " HTTP/1.1\r\nhost: " + host + "\r\nconnection: close\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
        String first = in.readLine();
        if (first == null) {
            return Outcome.refused("closed without an answer");
        }
        var session = socket.getSession();
        var shown = (X509Certificate) session.getPeerCertificates()[0];
        return new Outcome(
                Integer.parseInt(first.split(" ", -1)[1]),
                shown.getSubjectX500Principal().getName(),
                shown.getSerialNumber().toString(),
                session.getProtocol() + " " + session.getCipherSuite(),
                "");
    }
}
