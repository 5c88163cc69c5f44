package dev.binnacle.prometheus.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.Future;

/** A server's answer; to be closed. Reading its body beyond the deadline fails. */
public final class WebAnswer implements AutoCloseable {
    private final Head head;
    private final Connection connection;
    private final Body body;
    private final Future<?> limit;
    private final Deadline deadline;

    WebAnswer(Head head, Connection connection, Future<?> limit, Deadline deadline) throws IOException {
        this.head = head;
        this.connection = connection;
        this.body = Body.of(head, connection.in);
        this.limit = limit;
        this.deadline = deadline;
    }

    public int status() {
        return head.status();
    }

    /** Returns the header's value; empty when there is none. */
    public String header(String name) {
        return head.header(name);
    }

    /** Returns the headers by name, whatever its letters' case. */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(head.headers());
    }

    /** Returns the body, as it came. */
    public InputStream body() {
        return new FilterInputStream(body) {
            @Override
            public int read(byte[] bytes, int from, int length) throws IOException {
                try {
                    return super.read(bytes, from, length);
                } catch (IOException e) {
                    throw deadline.isOver() ? deadline.exceeded() : e;
                }
            }
        };
    }

    /** Ends the connection, unless the body has been read to its end: then it can be used again. */
    @Override
    public void close() {
        limit.cancel(false);
        if (!isReusable()) {
            connection.close();
        }
    }

    Head head() {
        return head;
    }

    Connection connection() {
        return connection;
    }

    boolean isReusable() {
        return head.persistent() && body.isAtEnd();
    }
}
