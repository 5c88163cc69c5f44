package dev.binnacle.local.pod;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The frames that grpc-java 1.78 sends for a health check, recorded from a service that was and one that was not serving. */
class GrpcHealthTest {
    private static final String SETTINGS = "000000040000000000";
    private static final String SETTINGS_ACK = "000000040100000000";
    private static final String RESPONSE_HEADERS = "000001010400000001" + "88";
    private static final String TRAILERS = "000001010500000001" + "88";

    @Test
    void aServerThatSaysServingIs() throws IOException {
        assertThat(answer(SETTINGS + SETTINGS_ACK + RESPONSE_HEADERS + "000007000000000001" + "00000000020801"
                        + TRAILERS))
                .isTrue();
    }

    @Test
    void aServerThatSaysNotServingIsNot() throws IOException {
        assertThat(answer(SETTINGS + RESPONSE_HEADERS + "000007000000000001" + "00000000020802" + TRAILERS))
                .isFalse();
    }

    @Test
    void aServerWithoutHealthServiceIsNot() throws IOException {
        assertThat(answer(SETTINGS + TRAILERS)).isFalse();
    }

    @Test
    void aServerThatSpeaksSomethingElseIsNotAndDoesNotHangTheProbe() throws IOException {
        assertThat(answer("485454502f312e31203430302042616420526571756573740d0a0d0a"))
                .isFalse();
    }

    private static boolean answer(String frames) throws IOException {
        try (var server = new ServerSocket()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0));
            Thread.ofVirtual().start(() -> serve(server, HexFormat.of().parseHex(frames)));
            return GrpcHealth.serving(
                    new InetSocketAddress("127.0.0.1", server.getLocalPort()), Duration.ofMillis(1500));
        } catch (IOException e) {
            // The prober takes a broken connection for a no, too.
            return false;
        }
    }

    private static void serve(ServerSocket server, byte[] frames) {
        try (var socket = server.accept();
                OutputStream out = socket.getOutputStream();
                var in = new DataInputStream(socket.getInputStream())) {
            in.readNBytes(24);
            out.write(frames);
            out.flush();
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException("the client went away", e);
        }
    }
}
