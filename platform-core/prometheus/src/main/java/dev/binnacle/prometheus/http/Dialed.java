package dev.binnacle.prometheus.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/** One connection that a {@link Dialer} has made; to be closed. */
public final class Dialed implements AutoCloseable {
    private final Origin server;
    private final Connection connection;
    private final Socket speaking;
    private final Future<?> limit;
    private final Deadline deadline;
    private final Steps steps;

    Dialed(Origin server, Connection connection, Socket speaking, Future<?> limit, Deadline deadline, Steps steps) {
        this.server = server;
        this.connection = connection;
        this.speaking = speaking;
        this.limit = limit;
        this.deadline = deadline;
        this.steps = steps;
    }

    /** Asks for a page. Its body is for the caller to read, and to {@linkplain Steps#end end} as a step. */
    public WebAnswer get(URI url, Map<String, String> headers) throws IOException {
        return answer(Request.get(url, all(headers)));
    }

    /** Asks a proxy, which this connection leads to, for a page of another server. Else as {@link #get}. */
    public WebAnswer getByProxy(URI url, Map<String, String> headers) throws IOException {
        var all = all(headers);
        all.put("Host", url.getRawAuthority());
        return answer(Request.getByProxy(url, all));
    }

    private Map<String, String> all(Map<String, String> headers) {
        var all = new LinkedHashMap<>(Map.of("Host", server.authority(), "Connection", "close"));
        all.putAll(headers);
        return all;
    }

    private WebAnswer answer(Request request) throws IOException {
        try {
            connection.send(request);
            var answer = new WebAnswer(connection.head(), connection, limit, deadline);
            steps.end(Step.PROCESSING);
            return answer;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    public InputStream in() {
        return connection.in;
    }

    public OutputStream out() {
        return connection.out;
    }

    /** Returns what is to be said of a failure: that time was over, when it was. */
    public IOException failure(IOException failure) {
        return deadline.isOver() ? deadline.exceeded() : failure;
    }

    /** Returns when the first certificate of the server's chain expires; empty without TLS. */
    public Optional<Instant> certificateExpiry() throws SSLPeerUnverifiedException {
        if (!(speaking instanceof SSLSocket secure)) {
            return Optional.empty();
        }
        return Arrays.stream(secure.getSession().getPeerCertificates())
                .map(certificate ->
                        ((X509Certificate) certificate).getNotAfter().toInstant())
                .min(Instant::compareTo);
    }

    @Override
    public void close() {
        limit.cancel(false);
        connection.close();
    }
}
