package dev.binnacle.xds;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** An Envoy that is told everything over delta ADS. Its binary is given with {@code -Dbinnacle.envoy=PATH}. */
record RealEnvoy(Process process, Path addressFile) implements AutoCloseable {
    static RealEnvoy start(Path folder, String node, int xdsPort) throws IOException {
        var bootstrap = folder.resolve("bootstrap.json");
        Files.writeString(bootstrap, """
                {"node": {"id": "%s", "cluster": "test"},
                 "admin": {"address": {"socket_address": {"address": "127.0.0.1", "port_value": 0}}},
                 "dynamic_resources": {
                   "ads_config": {"api_type": "DELTA_GRPC", "transport_api_version": "V3",
                     "set_node_on_first_message_only": true,
                     "grpc_services": [{"envoy_grpc": {"cluster_name": "xds-grpc"}}]},
                   "cds_config": {"ads": {}, "resource_api_version": "V3"},
                   "lds_config": {"ads": {}, "resource_api_version": "V3"}},
                 "static_resources": {"clusters": [{
                   "name": "xds-grpc", "type": "STATIC", "connect_timeout": "1s",
                   "typed_extension_protocol_options": {"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": {
                     "@type": "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                     "explicit_http_config": {"http2_protocol_options": {}}}},
                   "load_assignment": {"cluster_name": "xds-grpc", "endpoints": [{"lb_endpoints": [{"endpoint": {
                     "address": {"socket_address": {"address": "127.0.0.1", "port_value": %d}}}}]}]}}]}}
                """.formatted(node, xdsPort));
        var addressFile = folder.resolve("admin");
        var process = new ProcessBuilder(
                        System.getProperty("binnacle.envoy"),
                        "-c",
                        bootstrap.toString(),
                        "--admin-address-path",
                        addressFile.toString(),
                        "--concurrency",
                        "1",
                        "--drain-time-s",
                        "1",
                        "--disable-hot-restart",
                        "-l",
                        System.getProperty("binnacle.envoy.log", "warning"))
                .inheritIO()
                .start();
        return new RealEnvoy(process, addressFile);
    }

    /** Returns the URL of the admin interface, which is there once Envoy has started. */
    String admin() throws IOException {
        return "http://" + Files.readString(addressFile).strip();
    }

    /** Returns status and body of {@code GET /} with a Host header, for example {@code 200 hello}; why, when there is none. */
    static String ask(int port, String host) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(5000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(host).getBytes(StandardCharsets.US_ASCII));
            var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            String status = in.readLine();
            if (status == null) {
                return "no answer";
            }
            int length = 0;
            for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
                if (line.startsWith("content-length: ")) {
                    length = Integer.parseInt(line.substring("content-length: ".length()));
                }
            }
            char[] body = new char[length];
            int read = in.read(body);
            return (status.split(" ")[1] + " " + new String(body, 0, Math.max(0, read))).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
    }
}
