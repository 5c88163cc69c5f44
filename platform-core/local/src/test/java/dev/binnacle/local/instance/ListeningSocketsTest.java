package dev.binnacle.local.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListeningSocketsTest {
    private static final String REST = " 00000000:00000000 00:00000000 00000000  1000        0 4242 1 0 100 0 0 10 0";

    @Test
    void bothTablesCountAndOnlyListenersDo() {
        var sockets = ListeningSockets.parse(List.of(
                "  sl  local_address rem_address   st",
                "   0: 0110107F:1F90 00000000:0000 0A" + REST,
                "   1: 0210107F:1F90 0110107F:9999 01" + REST,
                "   0: 0000000000000000FFFF00000310107F:1F91 00000000000000000000000000000000:0000 0A" + REST,
                "   1: 00000000000000000000000000000000:1F92 00000000000000000000000000000000:0000 0A" + REST,
                "   2: 00000000000000000000000001000000:1F93 00000000000000000000000000000000:0000 0A" + REST));

        assertThat(sockets.within(0x7f101000, 20))
                .extracting(ListeningSockets.Socket::port)
                .containsExactly(8080, 8081);
        assertThat(sockets.onAnyAddress(8082))
                .map(ListeningSockets.Socket::inode)
                .contains("4242");
        assertThat(sockets.onAnyAddress(8080)).isEmpty();
    }

    @Test
    void aJavaListenerIsSeenAndItsOwnerIsThisProcess() throws IOException {
        try (var server = new ServerSocket()) {
            server.bind(new InetSocketAddress("127.0.0.1", 0));

            var socket = ListeningSockets.now().within(0x7f000001, 32).stream()
                    .filter(each -> each.port() == server.getLocalPort())
                    .findFirst()
                    .orElseThrow();

            assertThat(SocketOwner.pidOf(socket))
                    .contains(ProcessHandle.current().pid());
        }
    }
}
