package dev.binnacle.agent;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Many targets on loopback, each on a port of its own, each with the same pages; a third of the values changes with each page. */
final class Targets implements AutoCloseable {
    static final int FAMILIES = 100;
    static final int SERIES = 30;
    private static final int DIGITS = 10;

    private final List<ServerSocket> servers = new ArrayList<>();
    final AtomicInteger served = new AtomicInteger();
    private volatile boolean changing;

    Targets(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            var server = new ServerSocket(0, 16, InetAddress.getByName("127.0.0.1"));
            servers.add(server);
            Thread.ofPlatform().daemon().start(() -> accept(server));
        }
    }

    List<String> addresses() {
        return servers.stream()
                .map(server -> "127.0.0.1:" + server.getLocalPort())
                .toList();
    }

    void change(boolean now) {
        changing = now;
    }

    @Override
    public void close() throws IOException {
        for (var server : servers) {
            server.close();
        }
    }

    private void accept(ServerSocket server) {
        try {
            while (true) {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            var offsets = new ArrayList<Integer>();
            byte[] page = page(offsets);
            byte[] head =
                    ("HTTP/1.1 200 OK\r\nContent-Type: text/plain; version=0.0.4; charset=utf-8\r\nContent-Length: "
                                    + page.length + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            for (int round = 1; isRequestRead(in); round++) {
                if (changing) {
                    change(page, offsets, round);
                }
                served.incrementAndGet();
                socket.getOutputStream().write(head);
                socket.getOutputStream().write(page);
            }
        } catch (IOException e) {
            // The scraper is gone.
        }
    }

    private static boolean isRequestRead(InputStream in) throws IOException {
        int ended = 0;
        while (ended < 2) {
            int c = in.read();
            if (c < 0) {
                return false;
            }
            ended = c == '\n' ? ended + 1 : c == '\r' ? ended : 0;
        }
        return true;
    }

    private static void change(byte[] page, List<Integer> offsets, int round) {
        for (int i = round % 3; i < offsets.size(); i += 3) {
            int at = offsets.get(i) + DIGITS - 1;
            while (page[at] == '9') {
                page[at--] = '0';
            }
            page[at]++;
        }
    }

    private static byte[] page(List<Integer> offsets) {
        var page = new StringBuilder();
        for (int family = 0; family < FAMILIES; family++) {
            String name = "http_server_requests_" + family + "_total";
            page.append("# HELP ")
                    .append(name)
                    .append(" Requests of kind ")
                    .append(family)
                    .append(".\n# TYPE ");
            page.append(name).append(" counter\n");
            for (int series = 0; series < SERIES; series++) {
                page.append(name).append("{code=\"").append(200 + series % 5).append("\",handler=\"/api/v1/items/");
                page.append(series).append("\",method=\"GET\",service=\"catalog\",zone=\"a\"} ");
                offsets.add(page.length());
                page.append(1_000_000_000L + family * 1_000L + series).append('\n');
            }
        }
        return page.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
