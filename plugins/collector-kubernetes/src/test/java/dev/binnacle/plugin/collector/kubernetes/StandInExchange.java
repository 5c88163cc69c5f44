package dev.binnacle.plugin.collector.kubernetes;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One request and its answer: a page and the end, or a WebSocket with events. */
final class StandInExchange implements Closeable {
    private static final String WEB_SOCKET = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

    private static final int CLOSE_FRAME = 0x88;

    private final Socket socket;
    private final BufferedReader in;
    private final Map<String, String> headers = new TreeMap<>();
    private volatile String path = "";
    private volatile String query = "";

    StandInExchange(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
    }

    void readHead() throws IOException {
        String[] target = line().split(" ", -1)[1].split("\\?", 2);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        path = target[0];
        query = target.length > 1 ? target[1] : "";
    }

    String resource() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String apiVersion() {
        String[] parts = path.split("/", -1);
        return parts[1].equals("api") ? parts[2] : parts[2] + "/" + parts[3];
    }

    String query() {
        return query;
    }

    boolean isWatch() {
        return query.contains("watch=true");
    }

    void send(int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        write("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + body.length + "\r\n\r\n" + text);
    }

    void acceptWebSocket() throws IOException {
        try {
            byte[] key = (headers.get("sec-websocket-key") + WEB_SOCKET).getBytes(StandardCharsets.US_ASCII);
            String accept = Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(key));
            write("HTTP/1.1 101 X\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept
                    + "\r\n\r\n");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends an event as one frame. */
    void sendEvent(String json) throws IOException {
        byte[] text = json.getBytes(StandardCharsets.UTF_8);
        var frame = new ByteArrayOutputStream();
        frame.write(0x81);
        frame.write(126);
        frame.write(text.length >> 8);
        frame.write(text.length & 0xff);
        frame.writeBytes(text);
        socket.getOutputStream().write(frame.toByteArray());
    }

    /** Waits until the client has gone or wants to, or this was closed. */
    void awaitEnd() throws IOException {
        int read = in.read();
        while (read >= 0 && read != CLOSE_FRAME) {
            read = in.read();
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("the client has gone");
        }
        return line;
    }

    private void write(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
    }
}
