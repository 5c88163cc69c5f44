package dev.binnacle.local.instance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class UserPortsTest {
    /** Above those that the kernel hands out by itself, and used by nothing else. */
    private static final int USUAL = 61_840;

    @Test
    void aPortThatIsInUseMovesToTheNext() throws IOException {
        try (var other = new ServerSocket();
                var ports = new UserPorts()) {
            other.bind(new InetSocketAddress("127.0.0.1", USUAL));

            assertThat(ports.take(USUAL)).isEqualTo(USUAL + 1);
        }
    }

    @Test
    void aPortThatAnotherInstanceTookIsNotTakenEvenWhileNothingListensThere() throws IOException {
        try (var one = new UserPorts();
                var other = new UserPorts()) {
            assertThat(one.take(USUAL + 10)).isEqualTo(USUAL + 10);
            assertThat(other.take(USUAL + 10)).isEqualTo(USUAL + 11);
        }
    }

    @Test
    void thePortItselfIsFreeForTheServerAndAfterwardsForAnybody() throws IOException {
        try (var ports = new UserPorts();
                var server = new ServerSocket()) {
            server.bind(new InetSocketAddress("127.0.0.1", ports.take(USUAL + 20)));
        }
        try (var ports = new UserPorts()) {
            assertThat(ports.take(USUAL + 20)).isEqualTo(USUAL + 20);
        }
    }
}
